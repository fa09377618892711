#!/usr/bin/env python3
"""A dashboard under load: 10,000 jobs, 1,000 result folders, 1,000 followers at once.

Asks for the first page again and again, before and while a thousand connections follow one job, and
says how long it took and how much memory the server has. Fails where a bar is missed.
"""
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time

OSONG = os.environ["OSONG"]
JOBS, FOLDERS, FOLLOWERS = 10_000, 1_000, 1_000
BAR_PAGE, BAR_MEMORY = 0.200, 300 << 20


def memory(process):
    with open(f"/proc/{process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) << 10


async def ask(port, target, method="GET", token=None):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    more = f"Authorization: Bearer {token}\r\n" if token else ""
    writer.write(f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{more}"
                 "Connection: close\r\n\r\n".encode())
    begin = time.perf_counter()
    answer = await reader.read()
    seconds = time.perf_counter() - begin
    writer.close()
    return answer, seconds


async def follow(port, job, ready, ended):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /api/v1/jobs/{job}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    heard = b""
    while b"data: " not in heard:
        piece = await reader.read(4_096)
        assert piece, "a follower was sent away"
        heard += piece
    ready.append(1)
    while b"cancelled" not in heard:
        piece = await reader.read(4_096)
        assert piece, "a stream ended before its job"
        heard += piece
    ended.append(1)
    writer.close()


async def measure(port, server, job, token):
    pages = []
    for _ in range(50):
        answer, seconds = await ask(port, "/")
        assert b"200 OK" in answer[:20], answer[:200]
        pages.append(seconds)
    calm = max(pages)
    ready, ended = [], []
    tasks = [asyncio.create_task(follow(port, job, ready, ended)) for _ in range(FOLLOWERS)]
    while len(ready) < FOLLOWERS:
        await asyncio.sleep(0.05)
        for task in tasks:
            if task.done():
                task.result()
    pages = [(await ask(port, "/"))[1] for _ in range(20)]
    used = memory(server)
    begin = time.perf_counter()
    answer, _ = await ask(port, f"/api/v1/jobs/{job}/cancel", "POST", token)
    assert b"200 OK" in answer[:20], answer[:200]
    await asyncio.gather(*tasks)
    told = time.perf_counter() - begin
    print(f"first page, {JOBS:,} jobs and {FOLDERS:,} results: {1e3 * calm:.0f} ms at most; with "
          f"{FOLLOWERS:,} followers {1e3 * max(pages):.0f} ms; {used >> 20} MiB; all followers told "
          f"of the end after {told:.1f} s", flush=True)
    assert calm <= BAR_PAGE, "the first page is too slow"
    assert used <= BAR_MEMORY, "the server takes too much memory"


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        with open("plan.yaml", "w") as plan:
            plan.write("steps:\n")
            for number in range(JOBS):
                plan.write(f"  - {{name: s{number}, run: [data, list]}}\n")
        subprocess.run([OSONG, "submit", "plan.yaml", "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
        words = []
        for number in range(FOLDERS):
            folder = f"results/r{number}"
            os.makedirs(folder)
            with open(folder + "/report.html", "w") as page:
                page.write("<p>a report")
            words += ["--results", folder]
        server = subprocess.Popen([OSONG, "serve", "--port", "0", *words],
                                  stderr=subprocess.PIPE, text=True)
        try:
            for line in server.stderr:
                found = re.search(r"http://127.0.0.1:(\d+)/", line)
                if found:
                    break
            # Nobody reads what it logs; it must not wait for a reader.
            subprocess.Popen(["cat"], stdin=server.stderr, stdout=subprocess.DEVNULL)
            with open(".osong/token") as file:
                token = file.read().strip()
            asyncio.run(measure(int(found.group(1)), server, JOBS // 2, token))
            if len(sys.argv) > 1:
                schema = f"http://127.0.0.1:{found.group(1)}/api/v1/openapi.json"
                subprocess.run(
                    [sys.argv[1], "run", schema, "--exclude-path-regex", "events",
                     "--max-examples", "100", "--no-color", "--header",
                     f"Authorization: Bearer {token}"], check=True)
            begin = time.perf_counter()
            server.terminate()
            code = server.wait(timeout=20)
            print(f"ended {time.perf_counter() - begin:.1f} s after it was asked to, code {code}")
            assert code == 0
        finally:
            server.kill()


if __name__ == "__main__":
    main()
