/*
 * One input: run as it is, then again with allocations failing, each alone. Whatever is asked of the operating system's chance comes from a fixed seed, so that an input always does the same.
 */
#include "fuzz.h"

#include <sodium.h>
#include <string.h>

long fuzz_failures = 1, fuzz_every = 4;

/* ---- chance ---- */

static uint64_t chance;

static const char *chance_name(void) { return "fixed"; }

static uint32_t chance_number(void) {
    chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(chance >> 32);
}

static void chance_bytes(void *const out, const size_t n) {
    for (size_t i = 0; i < n; i++) ((uint8_t *)out)[i] = (uint8_t)chance_number();
}

static struct randombytes_implementation fixed_chance = {.implementation_name = chance_name, .random = chance_number, .buf = chance_bytes};

/* ---- memory ---- */

static bool is_refused(fuzz *f) {
    bool now = f->requests++ == f->fail_at;
    f->refused = f->refused || now;
    return now;
}

static void *COMPLAINT_CALL allocate(void *self, size_t bytes) {
    fuzz *f = self;
    PROMISE(bytes > 0);
    void *p = is_refused(f) ? NULL : malloc(bytes);
    if (!p) return NULL;
    f->alive++;
    return memset(p, 0xA5, bytes);
}

static void *COMPLAINT_CALL resize(void *self, void *memory, size_t bytes) {
    fuzz *f = self;
    PROMISE(bytes > 0 && memory);
    return is_refused(f) ? NULL : realloc(memory, bytes);
}

static void COMPLAINT_CALL release(void *self, void *memory) {
    fuzz *f = self;
    PROMISE(memory);
    f->alive--;
    free(memory);
}

/* ---- runs ---- */

static fuzz run(const uint8_t *data, size_t size, long fail_at, complaint_status answer) {
    fuzz f = {.fail_at = fail_at, .answer = answer};
    f.memory = (complaint_allocator){sizeof f.memory, &f, allocate, resize, release};
    chance = 1;
    fuzz_one(&f, data, size);
    PROMISE(f.alive == 0);
    return f;
}

static uint32_t sum_of(const uint8_t *data, size_t size) {
    uint32_t sum = 2166136261u;
    for (size_t i = 0; i < size; i++) sum = (sum ^ data[i]) * 16777619u;
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static bool begun;
    if (!begun) PROMISE(randombytes_set_implementation(&fixed_chance) == 0);
    begun = true;
    fuzz whole = run(data, size, -1, COMPLAINT_OK);
    /* Spread over the run, beginning somewhere else for each input. */
    uint32_t sum = sum_of(data, size);
    if (fuzz_failures == 0) return 0;
    long step = whole.requests / fuzz_failures + 1, n = (long)(sum / 64 % (uint32_t)step);
    for (; sum % (uint32_t)fuzz_every == 0 && n < whole.requests; n += step) (void)run(data, size, n, whole.answer);
    return 0;
}

/* ---- bytes as choices ---- */

uint8_t fuzz_byte(fuzz_bytes *b) {
    if (b->n == 0) return 0;
    b->n--;
    return *b->p++;
}

uint32_t fuzz_below(fuzz_bytes *b, uint32_t sides) {
    uint32_t v = fuzz_byte(b);
    if (sides > 256) v = v << 8 | fuzz_byte(b);
    return sides ? v % sides : 0;
}

static uint64_t number(fuzz_bytes *b, int bytes) {
    uint64_t v = 0;
    while (bytes--) v = v << 8 | fuzz_byte(b);
    return v;
}

int64_t fuzz_int(fuzz_bytes *b) {
    static const int64_t november = INT64_C(1762308000000), minute = 60000; /* 5 November 2025, 09:00 in Bangkok */
    uint8_t kind = fuzz_byte(b);
    switch (kind % 8) {
    case 0: return kind / 8;
    case 1: return -(int64_t)(kind / 8);
    case 2: return INT64_MAX - kind / 8;
    case 3: return INT64_MIN + kind / 8;
    case 4: return (int64_t)number(b, 8);
    case 5: return november + (int64_t)(int16_t)number(b, 2) * minute;
    case 6: return november + (int64_t)(int32_t)number(b, 4) * minute;
    default: return (int64_t)number(b, 4);
    }
}

fuzz_chunk fuzz_take(fuzz_bytes *b) {
    size_t n = fuzz_byte(b);
    if (n > b->n) n = b->n;
    fuzz_chunk c = {(const char *)b->p, n};
    if (n) b->p += n;
    b->n -= n;
    return c;
}

char *fuzz_text(fuzz_bytes *b, char room[256]) {
    fuzz_chunk c = fuzz_take(b);
    if (c.n) memcpy(room, c.p, c.n);
    room[c.n] = '\0';
    return room;
}
