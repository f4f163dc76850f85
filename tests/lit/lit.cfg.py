# lit's configuration. The build folder comes from --param build=DIR (default: build/release);
# outside data from the environment variable COCO_TEST_DATA.
import os
import shutil
import subprocess

import lit.formats

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
build = os.path.abspath(lit_config.params.get("build", os.path.join(root, "build", "release")))

config.name = "coco"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = here
config.test_exec_root = os.path.join(build, "lit")

llvm_tools = subprocess.run(["llvm-config-19", "--bindir"], capture_output=True, text=True).stdout.strip()
config.environment["PATH"] = os.pathsep.join([os.path.join(build, "bin"), llvm_tools, "/usr/bin", os.environ["PATH"]])
for name in ("COCO_TEST_DATA", "ASAN_OPTIONS", "UBSAN_OPTIONS", "HOME", "CC"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
# Leaks are looked for in the unit tests; here they would only slow a thousand short runs.
config.environment.setdefault("ASAN_OPTIONS", "detect_leaks=0")

config.substitutions.append(("%root", root))
config.substitutions.append(("%build", build))
config.substitutions.append(("%data", os.environ.get("COCO_TEST_DATA", "/nonexistent")))

try:
    with open(os.path.join(build, "CMakeCache.txt")) as file:
        cache = file.read()
except OSError:
    cache = ""

def sanitized():
    return "COCO_SANITIZE:BOOL=ON" in cache

for library, name in (("FFI", "libffi"), ("PNG", "libpng"), ("JPEG", "libjpeg"), ("ZLIB", "zlib")):
    if f"\n{library}_FOUND:INTERNAL=1\n" not in cache:
        config.available_features.add(f"no-{name}")

if shutil.which("mlir-opt-19"):
    config.available_features.add("mlir-opt")
if shutil.which("qemu-aarch64") and shutil.which("aarch64-linux-gnu-gcc"):
    config.available_features.add("arm64")
if os.path.exists(os.path.join(build, "bin", "coco-compile")):
    config.available_features.add("codegen")
for program in ("cmake", "fish", "man", "zsh"):
    if shutil.which(program):
        config.available_features.add(program)
if shutil.which("valgrind") and not sanitized():
    config.available_features.add("valgrind")
if shutil.which("qemu-x86_64") and not sanitized():
    config.available_features.add("qemu-x86_64")
if shutil.which("dot"):
    config.available_features.add("graphviz")
if os.environ.get("COCO_TEST_DATA"):
    config.available_features.add("data")
if sanitized():
    config.available_features.add("sanitizers")
