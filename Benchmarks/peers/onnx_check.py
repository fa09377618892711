#!/usr/bin/env python3
"""Runs our ONNX files by onnxruntime and compares with our own outputs; prints one line of JSON.

Argument: the folder that `Speed onnx FOLDER SMILES` wrote. Fails beyond a difference of 1e-5 of the
largest output.
"""
import glob
import json
import os
import sys

import numpy
import onnxruntime
from safetensors.numpy import load_file

WHOLE = ("source", "target", "reverse", "molecule")


def main(folder):
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.onnx"))):
        tensors = load_file(path.removesuffix("onnx") + "safetensors")
        expected = tensors.pop("expected")
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        names = {i.name for i in session.get_inputs()}
        if names != set(tensors):
            raise SystemExit(f"{path}: inputs {names}, not {set(tensors)}")
        feed = {k: v.astype(numpy.int64) if k in WHOLE else v for k, v in tensors.items()}
        scale = max(1.0, float(numpy.abs(expected).max()))
        # Several times: threads that write to one row would not spoil every run.
        outputs = [session.run(None, feed)[0] for _ in range(10)]
        found[os.path.basename(path)] = max(
            float(numpy.abs(o - expected).max()) for o in outputs) / scale
    print(json.dumps({"differences": found, "version": onnxruntime.__version__}))
    if not found or max(found.values()) > 1e-5:
        raise SystemExit("onnxruntime's outputs are not ours")


if __name__ == "__main__":
    main(sys.argv[1])
