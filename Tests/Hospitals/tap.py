#!/usr/bin/env python3
"""Stands between a coordinator and its hospitals with the keys of both: writes down every frame in
the clear, and plays the faults it is told.

  tap.py CONFIG.json

CONFIG: {"keys": DIR, "capture": DIR, "taps": [{"site", "listen": [host, port], "target": [host, port],
"faults": {"3": "kill PIDFILE" | "delay SECONDS" | "replay" | "garbage" | "huge"}, "slow": SECONDS}]}
Faults are by the number of the question at that site, from 1.
"""
import json
import os
import signal
import socket
import ssl
import struct
import sys
import threading
import time


def whole(stream, count):
    data = b""
    while len(data) < count:
        piece = stream.recv(count - len(data))
        if not piece:
            return None
        data += piece
    return data


def frame(stream):
    head = whole(stream, 4)
    return head and whole(stream, struct.unpack(">I", head)[0])


def send(stream, body):
    stream.sendall(struct.pack(">I", len(body)) + body)


class Tap:
    def __init__(self, config, tap):
        keys = config["keys"]
        self.tap, self.count, self.last, self.lock = tap, 0, None, threading.Lock()
        self.capture = os.path.join(config["capture"], tap["site"])
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.minimum_version = ssl.TLSVersion.TLSv1_3
        self.server.load_cert_chain(f"{keys}/{tap['site']}.crt", f"{keys}/{tap['site']}.key")
        self.client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.client.minimum_version = ssl.TLSVersion.TLSv1_3
        self.client.check_hostname = False
        self.client.verify_mode = ssl.CERT_NONE
        self.client.load_cert_chain(f"{keys}/coordinator.crt", f"{keys}/coordinator.key")

    def note(self, number, kind, body):
        with self.lock, open(self.capture, "a") as file:
            file.write(json.dumps({"number": number, "kind": kind, "bytes": body.hex()}) + "\n")

    def converse(self, raw):
        with raw, self.server.wrap_socket(raw, server_side=True) as outer:
            question = frame(outer)
            if question is None:
                return
            with self.lock:
                self.count += 1
                number = self.count
            self.note(number, "question", question)
            fault = self.tap.get("faults", {}).get(str(number), "").split()
            if fault[:1] == ["kill"]:
                os.kill(int(open(fault[1]).read()), signal.SIGKILL)
            if fault[:1] == ["replay"]:
                send(outer, self.last)
                return
            if fault[:1] == ["garbage"]:
                send(outer, os.urandom(700))
                return
            if fault[:1] == ["huge"]:
                outer.sendall(b"\xff\xff\xff\xff" + b"\0" * 200000)
                return
            with socket.create_connection(tuple(self.tap["target"]), timeout=20) as inner_raw:
                with self.client.wrap_socket(inner_raw) as inner:
                    send(inner, question)
                    answer = frame(inner)
            if answer is None:
                return
            self.note(number, "answer", answer)
            time.sleep(self.tap.get("slow", 0))
            if fault[:1] == ["delay"]:
                time.sleep(float(fault[1]))
            self.last = answer
            send(outer, answer)

    def guarded(self, raw):
        try:
            self.converse(raw)
        except (OSError, ssl.SSLError):
            pass  # either side may be gone: that is what is tested

    def run(self):
        listener = socket.create_server(tuple(self.tap["listen"]), reuse_port=False)
        while True:
            raw, _ = listener.accept()
            threading.Thread(target=self.guarded, args=(raw,), daemon=True).start()


def main():
    config = json.load(open(sys.argv[1]))
    os.makedirs(config["capture"], exist_ok=True)
    for tap in config["taps"]:
        threading.Thread(target=Tap(config, tap).run, daemon=True).start()
    print("tapping", flush=True)
    while True:
        time.sleep(60)


main()
