"""Networks in PyTorch for timing beside ours, dense and step by step as SpykeTorch and BindsNET compute them, from the equations.

Called with a number of threads and a device (cpu). Reads one request a line, {"work": {"kind": ...}, "steps": n}, and answers with
milliseconds an image. Kinds: layer1, layer2 (learning of a latency-coded layer), features, competitive.
"""

import json
import sys
import time

import torch
from torch.nn.functional import conv2d, max_pool2d, pad

torch.set_num_threads(int(sys.argv[1]))
STEPS, THRESHOLD, BINS = 15, 10.0, torch.arange(15).view(-1, 1, 1, 1)


def waves(count):
    """Spikes from their step on, [steps, 2, 28, 28]: 214 of 1568 inputs spike, in 15 steps of equal size."""
    for _ in range(count):
        times = torch.full((2 * 28 * 28,), STEPS)
        times[torch.randperm(times.numel())[:214]] = torch.arange(214) * STEPS // 214
        yield (BINS >= times.view(1, 2, 28, 28)).float()


def potentials(wave, w):
    return conv2d(pad(wave, (2, 2, 2, 2)), w)


def through_first(state, wave):
    spikes = (potentials(wave, state["w1"]) > THRESHOLD).float()
    return max_pool2d(spikes, 2)


def winners(membrane, count, radius):
    fired = membrane > THRESHOLD
    first = STEPS - fired.sum(0)
    there = torch.gather(membrane, 0, first.clamp(max=STEPS - 1).unsqueeze(0))[0]
    score = torch.where(first < STEPS, (STEPS - first) * 1e4 + there, torch.zeros(()))
    score = score * (score == score.max(0).values)
    for _ in range(count):
        best = int(score.argmax())
        if score.view(-1)[best] == 0:
            return
        m, y, x = best // score[0].numel(), best // score.shape[2] % score.shape[1], best % score.shape[2]
        yield m, y, x, int(first[m, y, x])
        score[m] = 0
        score[:, max(0, y - radius) : y + radius + 1, max(0, x - radius) : x + radius + 1] = 0


def learn(w, wave, count, radius):
    padded = pad(wave, (2, 2, 2, 2))
    for m, y, x, step in list(winners(conv2d(padded, w), count, radius)):
        early = padded[step, :, y : y + 5, x : x + 5]
        rate = torch.where(early > 0, torch.tensor(0.004), torch.tensor(-0.003))
        w[m] = (w[m] + rate * w[m] * (1 - w[m])).clamp(0, 1)


def layer1(state, wave):
    learn(state["w1"], wave, 5, 2)


def layer2(state, wave):
    learn(state["w2"], through_first(state, wave), 8, 1)


def features(state, wave):
    final = potentials(through_first(state, wave)[-1:], state["w2"])
    return max_pool2d(final, 7)


def competitive(state, wave):
    """An image of 350 steps of 1 ms: Poisson input, conductances, adaptive threshold, inhibition, trace STDP, norm."""
    rates = state["rates"]
    v, ge, gi = torch.full((400,), -65.0), torch.zeros(400), torch.zeros(400)
    x_pre, x_post, rest = torch.zeros(784), torch.zeros(400), torch.zeros(400)
    w, theta = state["w"], state["theta"]
    w *= 78.4 / w.sum(0)
    for _ in range(350):
        pre = (torch.rand(784) < rates).float()
        ge, gi = ge * 0.37 + pre @ w, gi * 0.61
        v = v + 0.01 * (-65 - v - ge * v + gi * (-100 - v))
        post = ((v > theta - 52) & (rest <= 0)).float()
        rest = torch.where(post > 0, torch.tensor(5.0), rest - 1)
        v = torch.where(post > 0, torch.tensor(-65.0), v)
        theta += 0.05 * post
        gi = gi + 17 * (post.sum() - post)
        x_pre, x_post = torch.where(pre > 0, pre, x_pre * 0.95), torch.where(post > 0, post, x_post * 0.95)
        w += 0.01 * torch.outer(x_pre, post) - 0.0001 * torch.outer(pre, x_post)
        w.clamp_(0, 1)


def prepare(kind):
    w = lambda *shape: (0.8 + 0.05 * torch.randn(shape)).clamp(0, 1)
    rates = torch.zeros(784)
    rates[torch.randperm(784)[:150]] = 0.05
    return {
        "run": {"layer1": layer1, "layer2": layer2, "features": features, "competitive": competitive}[kind],
        "w1": w(32, 2, 5, 5), "w2": w(100, 32, 5, 5), "waves": list(waves(20)), "next": 0,
        "rates": rates, "w": 0.3 * torch.rand(784, 400), "theta": torch.full((400,), 20.0),
    }


def milliseconds(state, images):
    if state["run"] is not competitive:
        state["run"](state, state["waves"][0])  # brings its data back into the cache
    start = time.perf_counter()
    for _ in range(images):
        state["next"] += 1
        state["run"](state, state["waves"][state["next"] % 20])
    return (time.perf_counter() - start) * 1e3


print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads(), "device": "cpu"}), flush=True)
known, state = None, None
with torch.no_grad():
    for line in sys.stdin:
        request = json.loads(line)
        if request["work"] != known:
            known, state = request["work"], prepare(request["work"]["kind"])
        print(milliseconds(state, request["steps"]) / request["steps"], flush=True)
