/*
 * A program of the next minor version of the library, for test_versions.c.
 *
 *   later work PLACE NUMBER              one of the eight of mixed.h, on the place that the file PLACE holds
 *   later open FILE read|write           opens a desk, verifies and closes it; prints the status
 *   later migrate FILE END OPERATION LOSS    the same for writing, on a disk that ends at that operation
 */
#include "crash/processes.h"
#include "support/disk.h"

static int open_and_verify(const char *path, int32_t mode) {
    place *p = calloc(1, sizeof *p);
    complaint_page *findings = NULL;
    int64_t checked = 0;
    assert_non_null(p);
    snprintf(p->path, sizeof p->path, "%s", path);
    worker w = new_worker(p, 0);
    w.s = &p->sheets[0];
    w.mode = mode;
    open_worker(&w);
    complaint_status s = w.s->failed;
    if (!s) s = complaint_desk_verify(w.desk, w.officer, COMPLAINT_VERIFY_RECOMPUTE, NULL, 0, &findings, &checked);
    printf("%s\n%s\n", complaint_status_name(s), w.s->why);
    complaint_page_free(findings);
    close_worker(&w);
    free_worker(&w);
    free(p);
    return 0;
}

static int migrate(char **argv) {
    disk_plan plan = {.end = (disk_end)atoi(argv[3]), .at = atoll(argv[4]), .loss = (disk_loss)atoi(argv[5]), .chance = (uint64_t)atoll(argv[4])};
    plan.moment = (disk_moment)(plan.at % 3);
    disk_install();
    disk_plan_for(&plan);
    return open_and_verify(argv[2], COMPLAINT_WRITE);
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "work") == 0) return work_at(open_place(argv[2]), atoi(argv[3]));
    if (argc == 4 && strcmp(argv[1], "open") == 0) return open_and_verify(argv[2], strcmp(argv[3], "read") == 0 ? COMPLAINT_READ : COMPLAINT_WRITE);
    if (argc == 6 && strcmp(argv[1], "migrate") == 0) return migrate(argv);
    return 2;
}
