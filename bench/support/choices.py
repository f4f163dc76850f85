"""Options that the benchmarks of times share."""

import os

import prepare


def add(parser, engines, seconds):
    parser.add_argument("--engines", metavar="A,B", help=f"of {', '.join(engines)} (default: all)")
    parser.add_argument("--threads", metavar="N,M", help="numbers of threads (default: 1,2)")
    parser.add_argument("--seconds", type=float, help=f"for each subject and number of threads (default: {seconds})")
    parser.add_argument("--repetitions", type=int, help="at least so many runs of each (default: 20)")
    parser.add_argument(
        "--quick", action="store_true", help="few repetitions, few peers, one thread: for a look while working"
    )
    add_build(parser)
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="another build of CoCo as a contestant, to compare two",
    )
    parser.add_argument(
        "--coco-options",
        default="",
        metavar="OPTIONS",
        help="options for coco-compile and coco-run, for every contestant that is CoCo",
    )
    parser.add_argument("--json", metavar="FILE", help="append a line of JSON for each result")
    parser.add_argument("--svg", metavar="FILE", help="draw the results")
    parser.add_argument(
        "--from",
        dest="results",
        metavar="FILE",
        help="measure nothing: summaries and the drawing of a file that --json wrote",
    )
    parser.add_argument(
        "--lock",
        default=os.environ.get("COCO_BENCH_LOCK"),
        metavar="[GATE:]FILE",
        help="hold this lock while taking times (default: $COCO_BENCH_LOCK)",
    )


def add_build(parser):
    parser.add_argument(
        "--build",
        default=os.path.join(prepare.ROOT, "build", "release"),
        metavar="DIR",
        help="CoCo's build folder (default: build/release)",
    )


def complete(parser, options, engines, quick, seconds=None):
    """Fills in what was not given, from QUICK where that was asked for."""
    usual = {"seconds": seconds, "repetitions": 20, "engines": ",".join(engines), "threads": "1,2"}
    for name, value in (quick if options.quick else usual).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    unknown = set(options.engines.split(",")) - set(engines)
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    options.build = os.path.abspath(options.build)


def builds(options):
    """Labels, names and folders of CoCo's builds that take part."""
    yield "", "", options.build
    for entry in options.also:
        label, _, build = entry.partition("=")
        yield f"-{label}", f" {label}", os.path.abspath(build)
