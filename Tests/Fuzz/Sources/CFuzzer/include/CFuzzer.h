/// The way into libFuzzer for a program that has a main function of its own.
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Runs the fuzzer on `target` with the arguments of a command line; ends the process at its end.
int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*target)(const uint8_t *bytes, size_t count));

#endif
