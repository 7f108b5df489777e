"""Norse's STDP step in PyTorch, from its equations, for timing beside ours.

Called with a number of threads and a device, cpu or cuda. Reads one request a line, {"work": {...}, "steps": n}, and answers
with milliseconds a step, on a card by its own events. The first line says what runs here. Tensors are made once for each
new work.
"""

import json
import sys
import time

import torch
from torch.nn.functional import relu, unfold

THREADS, DEVICE = int(sys.argv[1]), sys.argv[2]
DT, TAU_INV, ETA, W_MIN, W_MAX = 0.001, torch.as_tensor(20.0).to(DEVICE), 1e-3, 0.0, 1.0


def factors(dependence, mu, w):
    """How much of a change each weight takes, potentiation and depression."""
    if dependence == "additive":
        return ETA, ETA
    if dependence == "additiveStep":
        return ETA * (W_MAX - w > 0).to(w.dtype), ETA * (w - W_MIN > 0).to(w.dtype)
    if dependence == "multiplicativePow":
        return ETA * torch.pow(W_MAX - w, mu), ETA * torch.pow(w - W_MIN, mu)
    return ETA * relu(W_MAX - w), ETA * relu(w - W_MIN)


def traces(state, z_pre, z_post):
    state["t_pre"] = state["t_pre"] + DT * TAU_INV * (-state["t_pre"] + z_pre)
    state["t_post"] = state["t_post"] + DT * TAU_INV * (-state["t_post"] + z_post)


def apply(state, plus, minus):
    w = state["w"]
    up, down = factors(state["dependence"], state["mu"], w)
    state["w"] = torch.clamp(w + (up * plus.view(w.shape) - down * minus.view(w.shape)), W_MIN, W_MAX)


def linear_step(state):
    z_pre, z_post = next_spikes(state)
    traces(state, z_pre, z_post)
    plus = torch.einsum("bi,bj->ij", z_post, state["t_pre"])
    minus = torch.einsum("bi,bj->ij", state["t_post"], z_pre)
    apply(state, plus, minus)


def conv_step(state):
    z_pre, z_post = next_spikes(state)
    traces(state, z_pre, z_post)
    batch, maps = z_post.shape[:2]
    kernel = state["w"].shape[2:]
    plus = torch.einsum("bik,bjk->ij", z_post.view(batch, maps, -1), unfold(state["t_pre"], kernel))
    minus = torch.einsum("bik,bjk->ij", state["t_post"].view(batch, maps, -1), unfold(z_pre, kernel))
    apply(state, plus, minus)


def next_spikes(state):
    state["time"] += 1
    return state["spikes"][state["time"] % len(state["spikes"])]


def prepare(work):
    batch, density = work["batch"], work["density"]
    if "kernel" in work:
        size, k = work["size"], work["kernel"]
        pre, post = (batch, work["pre"], size, size), (batch, work["post"], size - k + 1, size - k + 1)
        w, step, count = torch.rand(work["post"], work["pre"], k, k, device=DEVICE), conv_step, 5
    else:
        pre, post = (batch, work["pre"]), (batch, work["post"])
        w, step, count = torch.rand(work["post"], work["pre"], device=DEVICE), linear_step, 20
    draw = lambda shape: (torch.rand(shape, device=DEVICE) < density).float()
    return {
        "w": w, "t_pre": draw(pre) * density, "t_post": draw(post) * density, "step": step, "time": 0,
        "spikes": [(draw(pre), draw(post)) for _ in range(count)],
        "dependence": work.get("dependence", "additive"), "mu": torch.tensor(work.get("mu", 0.0), device=DEVICE),
    }


def milliseconds(state, steps):
    state["step"](state)  # brings its data back into the cache
    if DEVICE == "cuda":
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        for _ in range(steps):
            state["step"](state)
        end.record()
        torch.cuda.synchronize()
        return start.elapsed_time(end)
    start = time.perf_counter()
    for _ in range(steps):
        state["step"](state)
    return (time.perf_counter() - start) * 1e3


torch.set_num_threads(THREADS)
name = torch.cuda.get_device_name() if DEVICE == "cuda" else "cpu"
print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(), "device": name}), flush=True)
known, state = None, None
with torch.no_grad():
    for line in sys.stdin:
        request = json.loads(line)
        if request["work"] != known:
            state = None  # frees the old tensors first
            known, state = request["work"], prepare(request["work"])
        print(milliseconds(state, request["steps"]) / request["steps"], flush=True)
