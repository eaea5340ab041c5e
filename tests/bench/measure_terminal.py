"""Measures the running terminal from outside: cold start, idle CPU, idle frames, memory.

Called by packaging/bench with a kept demonstration (packaging/demo --headless --keep). The terminal runs off-line: the
region's server is not there, which is a normal state, and the sync timer is on. Prints one JSON object.
"""

import json
import os
import socket
import subprocess
import sys
import time


def first_frame_ms(terminal, inspector):
    """From the start of the process to the first frame that was swapped, in milliseconds."""
    started = time.monotonic()
    process = subprocess.Popen(terminal, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    connection = socket.socket(socket.AF_UNIX)
    while time.monotonic() - started < 20:
        try:
            connection.connect(inspector)
            break
        except OSError:
            time.sleep(0.0005)
    lines = connection.makefile()
    json.loads(lines.readline())
    return process, connection, lines, (time.monotonic() - started) * 1000


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_kb(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def frames_waiting(connection, lines):
    """How many frames were drawn since the last look."""
    connection.settimeout(0.2)
    count = 0
    try:
        while lines.readline():
            count += 1
    except (TimeoutError, OSError):
        pass
    return count


def main():
    inspector, seconds, *terminal = sys.argv[1:]
    seconds = float(seconds)
    starts = []
    for _ in range(5):
        process, connection, lines, ms = first_frame_ms(terminal, inspector)
        starts.append(round(ms, 1))
        connection.close()
        process.terminate()
        process.wait()
    process, connection, lines, _ = first_frame_ms(terminal, inspector)
    time.sleep(3)
    frames_waiting(connection, lines)
    lines = connection.makefile()
    before, began = cpu_seconds(process.pid), time.monotonic()
    time.sleep(seconds)
    used = cpu_seconds(process.pid) - before
    print(json.dumps({
        "cold_start_ms": sorted(starts),
        "idle_seconds": round(time.monotonic() - began, 1),
        "idle_cpu_percent": round(100 * used / seconds, 3),
        "pss_kb": pss_kb(process.pid),
    }))
    connection.close()
    process.terminate()
    process.wait()


if __name__ == "__main__":
    main()
