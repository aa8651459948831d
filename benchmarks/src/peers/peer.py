"""What all peers share: they say what they run on when they are ready, and then run once for every line that arrives."""
import json
import platform
import sys
import time


def serve(run, versions, clock=time.process_time):
    """`run` may return a dictionary of figures by name, which are passed on with its seconds."""
    print(json.dumps({"Python": platform.python_version(), **versions}), flush=True)
    for _ in sys.stdin:
        begin = clock()
        facts = run()
        print(json.dumps({"seconds": clock() - begin, "facts": facts if isinstance(facts, dict) else {}}), flush=True)


def clock_of(threads):
    """One thread is measured by its processor time, which stays comparable on a busy machine; more only the clock can measure."""
    return time.process_time if threads == 1 else time.perf_counter
