// Tests of this room stand beside its files' names.
