#include "life.h"

#include "fault/verbs.h"

#include <complaint/archive.h>

static char *archive;
static size_t archive_size, archive_room;

static int32_t COMPLAINT_CALL gather(void *context, const void *data, size_t size) {
    (void)context;
    if (archive_size + size > archive_room) archive = realloc(archive, archive_room = 2 * (archive_size + size));
    assert_non_null(archive);
    memcpy(archive + archive_size, data, size);
    archive_size += size;
    return 0;
}

/* What came to the executive alone is in nobody's archive, so it is written before. */
static void run(test_office *o) {
    for (size_t i = 0; i < the_life.count; i++) {
        test_at(o, the_life.steps[i].at);
        if (strcmp(the_life.steps[i].name, "executive intake") == 0) OK(complaint_archive_write(o->desk, o->officer, gather, NULL, NULL));
        test_expect(o, the_life.steps[i].run(o), COMPLAINT_OK, NULL, __FILE__, __LINE__);
    }
    assert_true(archive_size > 0);
}

test_office *life_office(void) {
    static test_office *o;
    if (o) return o;
    o = calloc(1, sizeof *o);
    assert_non_null(o);
    test_office_place(o, NULL, test_instant(the_life.steps[0].at));
    o->decide = the_life.decide;
    the_life.arrange(o);
    run(o);
    return o;
}

int64_t life_case(void) { return first_case; }
int64_t life_twin(void) { return twin; }

const char *life_archive(size_t *size) {
    (void)life_office();
    *size = archive_size;
    return archive;
}
