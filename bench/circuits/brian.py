"""Brian2 as a process beside ours: brian.py vogels|song cpp|cython SECONDS FOLDER. It prints `ready`, then for each line that it reads the
seconds of the processor that a run took, without what compiles it."""

import resource
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore")
network, target, seconds, folder = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]

from brian2 import *  # noqa: E402, F403

BrianLogger.suppress_name("*")
standalone = target == "cpp"
if standalone:
    set_device("cpp_standalone", directory=folder, build_on_run=False)
else:
    prefs.codegen.target = target
prefs.devices.cpp_standalone.openmp_threads = 0
prefs.codegen.cpp.extra_compile_args_gcc = ["-w", "-O3", "-ffast-math", "-march=native", "-std=c++11"]
seed(1)


def vogels():
    """As Brian's own example has it: a second without learning, then the rest with it."""
    cells = NeuronGroup(
        10000,
        """dv/dt = (-10*nS*(v + 60*mV) - (g_ampa*v + g_gaba*(v + 80*mV)) + 200*pA) / (200*pF) : volt (unless refractory)
        dg_ampa/dt = -g_ampa / (5*ms) : siemens
        dg_gaba/dt = -g_gaba / (10*ms) : siemens""",
        threshold="v > -50*mV",
        reset="v = -60*mV",
        refractory=5 * ms,
        method="euler",
    )
    cells.v = -60 * mV
    e, i = cells[:8000], cells[8000:]
    ex = Synapses(e, cells, on_pre="g_ampa += 0.3*nS")
    ex.connect(p=0.02)
    ii = Synapses(i, i, on_pre="g_gaba += 3*nS")
    ii.connect(p=0.02)
    ie = Synapses(
        i,
        e,
        model="""w : 1
        eta : 1 (shared)
        dx/dt = -x / (20*ms) : 1 (event-driven)
        dy/dt = -y / (20*ms) : 1 (event-driven)""",
        on_pre="""x += 1
        w = clip(w + (y - 0.2)*eta, 0, 100)
        g_gaba += w*nS""",
        on_post="""y += 1
        w = clip(w + x*eta, 0, 100)""",
    )
    ie.connect(p=0.02)
    ie.w = 1e-10

    made = Network(collect())

    def go():
        ie.eta = 0
        made.run(1 * second, namespace={})
        ie.eta = 0.1
        made.run((seconds - 1) * second, namespace={})

    return made, go


def song():
    cell = NeuronGroup(
        1,
        """dv/dt = (-70*mV - v + ge*(0*mV - v) + gi*(-70*mV - v)) / (20*ms) : volt
        dge/dt = -ge / (5*ms) : 1
        dgi/dt = -gi / (5*ms) : 1""",
        threshold="v > -54*mV",
        reset="v = -60*mV",
        method="euler",
    )
    cell.v = -70 * mV
    excitation, inhibition = PoissonGroup(1000, 10 * Hz), PoissonGroup(200, 10 * Hz)
    ex = Synapses(
        excitation,
        cell,
        """w : 1
        dx/dt = -x / (20*ms) : 1 (event-driven)
        dy/dt = -y / (20*ms) : 1 (event-driven)""",
        on_pre="""ge += w
        x += 0.005*0.015
        w = clip(w - y, 0, 0.015)""",
        on_post="""y += 1.05*0.005*0.015
        w = clip(w + x, 0, 0.015)""",
    )
    ex.connect()
    ex.w = "rand() * 0.015"
    inh = Synapses(inhibition, cell, on_pre="gi += 0.05")
    inh.connect()
    made = Network(collect())
    return made, lambda: made.run(seconds * second, namespace={})


made, go = {"vogels": vogels, "song": song}[network]()


def spent(whose):
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


if standalone:
    go()
    device.build(directory=folder, compile=True, run=False, debug=False)
else:
    made.run(0.1 * ms, namespace={})
    made.store()
print("ready", flush=True)
for _ in sys.stdin:
    whose = resource.RUSAGE_CHILDREN if standalone else resource.RUSAGE_SELF
    before = spent(whose)
    if standalone:
        subprocess.run(["./main"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    else:
        made.restore()
        go()
    print(spent(whose) - before, flush=True)
