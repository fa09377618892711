"""What the suites and peers share: machine facts, result files, medians. Standard library only."""
import json
import os
import platform
import statistics
import time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RESULTS = os.environ.get("BENCH_RESULTS", os.path.join(HERE, "results"))


def machine():
    """The processor and its cores; no names of hosts."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as lines:
            model = next(x.split(":", 1)[1].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {"cpu": model, "cores": os.cpu_count(), "load1": round(os.getloadavg()[0], 2)}


def save(name, record):
    """Writes one result; every result states its machine and its date."""
    os.makedirs(RESULTS, exist_ok=True)
    record = dict(record, machine=machine(), date=time.strftime("%Y-%m-%d", time.gmtime()))
    path = os.path.join(RESULTS, name + ".json")
    with open(path + ".new", "w") as file:
        json.dump(record, file, indent=1, sort_keys=True)
        file.write("\n")
    os.replace(path + ".new", path)
    return record


def summary(values):
    """Median and range of repeated measurements."""
    return {
        "median": statistics.median(values), "lowest": min(values), "highest": max(values),
        "values": values,
    }
