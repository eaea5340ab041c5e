"""Puts the figures of one packaging/bench run beside their floors: a table on stdout, JSON in a file if asked."""

import json
import os
import statistics
import sys


def median_ns(data, name):
    row = next(r for r in data["benchmarks"] if r["run_name"] == name and r["aggregate_name"] == "median")
    return row["real_time"]


def per_second(data, name):
    row = next(r for r in data["benchmarks"] if r["run_name"] == name and r["aggregate_name"] == "median")
    return row["items_per_second"]


def show_readers(lines):
    """Card to identity and three answers, by kind of reader: as fast as vpcd is, and with real air and USB added."""
    airs = list(dict.fromkeys(line["air"] for line in lines))
    print(f"\n{'reader':12}{'frames':>7}{'APDUs':>7}" + "".join(f"{air + ', p50':>16}" for air in airs) + "   ms")
    for reader in dict.fromkeys(line["reader"] for line in lines):
        row = {line["air"]: line for line in lines if line["reader"] == reader}
        any_air = row[airs[0]]
        print(f"{reader:12}{any_air['frames']:7}{any_air['apdus']:7}" +
              "".join(f"{row[air]['p50_ms']:16.1f}" for air in airs))


def main():
    folder, *target = sys.argv[1:]
    with open(f"{folder}/data.json") as file:
        data = json.load(file)
    with open(f"{folder}/story/report.json") as file:
        story = json.load(file)
    with open(f"{folder}/terminal.json") as file:
        terminal = json.load(file)
    with open(f"{folder}/window.jsonl") as file:
        windows = [json.loads(line) for line in file]
    with open(f"{folder}/taps.jsonl") as file:
        readers = [json.loads(line) for line in file]
    tap = story["tap_to_summary_ms"]
    frame = statistics.median(ms for w in windows for ms in w["idle_frame_ms"])
    rows = [
        ("tap to summary p50", "ms", tap["p50"], frame, "one frame of an empty window after idling"),
        ("tap to summary p99", "ms", tap["p99"], frame, "the same"),
        ("open package", "µs", median_ns(data, "open_package") / 1e3, median_ns(data, "open_package_floor") / 1e3,
         "select, open, decompress; nothing parsed"),
        ("ledger append", "µs", median_ns(data, "ledger_append") / 1e3, median_ns(data, "ledger_append_floor") / 1e3,
         "one bare durable insert"),
        ("feed apply", "1/s", per_second(data, "feed_apply"), per_second(data, "feed_apply_floor"),
         "bare inserts of the same bytes"),
        ("cold start", "ms", statistics.median(terminal["cold_start_ms"]),
         statistics.median(w["first_frame_ms"] for w in windows), "empty SDL2 + OpenGL + ImGui window"),
        ("idle CPU", "%", terminal["idle_cpu_percent"], None, ""),
        ("memory", "MB", terminal["pss_kb"] / 1024, statistics.median(w["pss_kb"] for w in windows) / 1024,
         "empty window"),
    ]
    show_readers(readers)
    load = os.getloadavg()[0]
    print(f"\n{'':20}{'measured':>12}  {'floor':>10}  {'ratio':>6}  floor is")
    for name, unit, value, floor, what in rows:
        ratio = f"{value / floor:6.2f}" if floor else "      "
        low = f"{floor:10.2f}" if floor else " " * 10
        print(f"{name:20}{value:12.2f}  {low}  {ratio}  {unit:4} {what}")
    print(f"patients {story['patients']}, {tap['n']} taps, swap interval 0 under Xvfb, load {load:.2f}")
    if target:
        out = {"patients": story["patients"], "load": load, "taps": tap, "terminal": terminal, "windows": windows,
               "readers": readers,
               "figures": [{"name": n, "unit": u, "value": v, "floor": f} for n, u, v, f, _ in rows]}
        with open(target[0], "w") as file:
            json.dump(out, file, indent=2, ensure_ascii=False)
            file.write("\n")


if __name__ == "__main__":
    main()
