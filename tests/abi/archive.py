"""What the static library's objects are made of: no foreign names, no call that ends, prints, looks at the environment or the time, or changes
another library's global state, and no mutable global of its own."""
import os
import re
import subprocess
import sys

# What compilers add, when they instrument and to let exceptions pass: not ours.
INSTRUMENTS = re.compile(r"asan|ASAN|odr|ubsan|tsan|sancov|gcov|\.L|DW\.ref\.__gcc_personality_v0$")
FORBIDDEN = {
    "ends the process": "abort exit _exit _Exit quick_exit atexit raise __assert_fail longjmp __longjmp_chk siglongjmp",
    "prints": "printf fprintf dprintf vprintf vfprintf vdprintf puts fputs fputc putc putchar fwrite perror stdout stderr __printf_chk __fprintf_chk __vprintf_chk __vfprintf_chk",
    "reads": "fopen fopen64 fread fgets getc getchar stdin scanf __isoc99_scanf",
    "looks at the environment": "getenv secure_getenv setenv putenv environ system popen",
    "depends on the locale": "setlocale newlocale uselocale localeconv __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc tolower toupper isalpha isdigit isspace strcoll strxfrm strtod atof strftime mbstowcs wcstombs mbrtowc towlower towupper",
    "asks the system for the time": "time localtime localtime_r gmtime gmtime_r mktime timegm clock clock_gettime gettimeofday ftime timespec_get tzset",
    "draws from a shared generator": "rand srand random srandom drand48",
    "changes another library": "sqlite3_config sqlite3_shutdown sqlite3_auto_extension json_set_alloc_funcs json_set_alloc_funcs2 json_object_seed u_setMemoryFunctions u_setMutexFunctions uloc_setDefault u_cleanup sodium_set_misuse_handler randombytes_set_implementation signal sigaction",
    "has hidden state": "strtok strerror",
}
# folder → what its files may use nevertheless: a store is a host; it may wait for a lock, which takes a moment to wait until.
ALLOWED = {"lib/store/memory/": {"timespec_get"}}


def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def source(member):
    """`.../complaint_core.dir/lib/base/buf.c.o` → `lib/base/buf.c`"""
    return re.sub(r".*\.dir/(\./)?|\.o$", "", member)


def plain(symbol):
    """`abort@GLIBC_2.2` → `abort`; ICU's `u_cleanup_72` → `u_cleanup`."""
    return re.sub(r"_\d\d$", "", symbol.split("@")[0])


def foreign_names(*objects):
    defined = (line.split() for line in lines("nm", "-A", "--defined-only", "--extern-only", *objects))
    return [f"{source(f[0])} defines {f[-1]}" for f in defined if f and not re.match(r"complaint_|cpl_", f[-1]) and not INSTRUMENTS.search(f[-1])]


def forbidden_calls(objects):
    reasons = {symbol: reason for reason, symbols in FORBIDDEN.items() for symbol in symbols.split()}
    faults = []
    for line in lines("nm", "-A", "--undefined-only", *objects):
        file, symbol = source(line.split(":")[0]), plain(line.split()[-1])
        allowed = any(file.startswith(folder) and symbol in symbols for folder, symbols in ALLOWED.items())
        if symbol in reasons and not allowed:
            faults.append(f"{file}: {symbol} {reasons[symbol]}")
    return faults


def mutable_globals(objects):
    faults, file = [], ""
    for line in lines("objdump", "-t", *objects):
        if "file format" in line:
            file = source(line.rpartition(":")[0])
        match = re.match(r"[0-9a-f]+ (.{7}) (\S+)\s+[0-9a-f]+ (?:\.hidden )?(\S+)$", line)
        if match and match[1][6] == "O" and re.match(r"\.(data|bss|tdata|tbss)(?!\.rel\.ro)|\*COM\*", match[2]) and not INSTRUMENTS.search(match[3]):
            faults.append(f"{file}: mutable global {match[3]}")
    return faults


with open(os.environ["COMPLAINT_OBJECTS"]) as file:
    objects = file.read().split("\n")
faults = foreign_names(*objects) + forbidden_calls(objects) + mutable_globals(objects)
if "COMPLAINT_KIT" in os.environ:
    faults += foreign_names(os.environ["COMPLAINT_KIT"])
if len(objects) < 10 or len(objects) != len(lines("ar", "t", os.environ["COMPLAINT_ARCHIVE"])):
    faults.append("the objects are not those of the archive")
print("\n".join(faults) or f"{len(objects)} objects are clean")
sys.exit(bool(faults))
