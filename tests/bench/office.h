// An office for benchmarks: a desk on SQLite, in a file of a work folder, a clock that stands where it is put, and the actions of a case's life.
// What fails ends the program: a benchmark of something that does not work measures nothing.
#ifndef BENCH_OFFICE_H
#define BENCH_OFFICE_H

#include <complaint.h>
#include <complaint/store/sqlite.h>

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

namespace bench {

inline void must(bool good, const char *what) {
    if (good) return;
    std::fprintf(stderr, "benchmark: %s failed\n", what);
    std::abort();
}

// Gone when the program ends.
class work_folder {
  public:
    work_folder() {
        const char *base = std::getenv("TMPDIR");
        path = std::string(base ? base : "/tmp") + "/complaint-bench-XXXXXX";
        must(mkdtemp(path.data()) != nullptr, "mkdtemp");
    }
    ~work_folder() { std::filesystem::remove_all(path); }
    std::string path;
};

inline const std::string &folder() {
    static const work_folder made;
    return made.path;
}

inline std::string new_file() {
    static int made;
    return folder() + "/" + std::to_string(++made) + ".db";
}

constexpr int64_t start = INT64_C(1762308000000); // 5 November 2025, 09.00 in Bangkok

// Counts what is held.
class counting {
  public:
    const complaint_allocator *table() {
        allocator.size = sizeof allocator, allocator.self = this;
        allocator.allocate = [](void *self, size_t n) { return static_cast<counting *>(self)->resize(nullptr, n); };
        allocator.resize = [](void *self, void *p, size_t n) { return static_cast<counting *>(self)->resize(p, n); };
        allocator.release = [](void *self, void *p) { static_cast<counting *>(self)->release(p); };
        return &allocator;
    }
    size_t now = 0, most = 0;

  private:
    void *resize(void *p, size_t n) {
        if (p) now -= malloc_usable_size(p);
        p = std::realloc(p, n);
        now += malloc_usable_size(p);
        most = std::max(most, now);
        return p;
    }
    void release(void *p) {
        now -= malloc_usable_size(p);
        std::free(p);
    }
    complaint_allocator allocator = {};
};

class office {
  public:
    // `wrap` may put itself between the desk and the store.
    explicit office(const std::string &path, int32_t flags, void (*wrap)(void *, complaint_store *) = nullptr, void *context = nullptr, const complaint_allocator *memory = nullptr) {
        complaint_store store;
        complaint_clock clock = {};
        complaint_notifier notifier = {};
        clock.size = sizeof clock, clock.self = this;
        clock.now = [](void *self, int64_t *instant, complaint_host_error *) -> complaint_status {
            *instant = static_cast<office *>(self)->now;
            return COMPLAINT_OK;
        };
        notifier.size = sizeof notifier;
        notifier.send = [](void *, const complaint_notice *, int32_t *answer, int64_t *, complaint_host_error *) -> complaint_status {
            *answer = COMPLAINT_DELIVERED;
            return COMPLAINT_OK;
        };
        complaint_setup *setup = nullptr;
        bool good = complaint_sqlite_open(path.c_str(), flags | COMPLAINT_SQLITE_CREATE, memory, &sqlite) == COMPLAINT_OK && complaint_sqlite_table(sqlite, &store) == COMPLAINT_OK;
        if (good && wrap) wrap(context, &store);
        good = good && complaint_policy_builtin(memory, "moph-chiangrai-2569", &policy, nullptr) == COMPLAINT_OK && complaint_calendar_builtin(memory, "TH-57", &calendar, nullptr) == COMPLAINT_OK &&
               complaint_setup_new(memory, &setup) == COMPLAINT_OK && complaint_setup_set_store(setup, &store) == COMPLAINT_OK && complaint_setup_set_clock(setup, &clock) == COMPLAINT_OK &&
               complaint_setup_set_notifier(setup, &notifier) == COMPLAINT_OK && complaint_setup_set_policy(setup, policy) == COMPLAINT_OK &&
               complaint_setup_set_calendar(setup, calendar) == COMPLAINT_OK && complaint_desk_open(setup, &desk) == COMPLAINT_OK && complaint_draft_new(memory, &draft) == COMPLAINT_OK;
        complaint_setup_free(setup);
        must(good, "opening a desk");
        officer = person("somchai", "officer"), head = person("head", "head"), unit = person("quality-1", "unit");
        must(complaint_actor_set_unit(unit, "quality") == COMPLAINT_OK, "unit");
    }
    office(const office &) = delete;
    ~office() {
        complaint_draft_free(draft);
        complaint_actor_free(officer), complaint_actor_free(head), complaint_actor_free(unit);
        complaint_desk_close(desk);
        complaint_calendar_free(calendar);
        complaint_policy_free(policy);
        complaint_sqlite_close(sqlite);
    }

    office &set(const char *field, const char *value) { return must(complaint_draft_set_text(draft, field, value, std::strlen(value)) == COMPLAINT_OK, field), *this; }

    // Does what the draft says, and empties it.
    int64_t act(const complaint_actor *who, int32_t verb, int64_t (*result)(const complaint_outcome *) = complaint_outcome_case) {
        complaint_outcome *outcome = nullptr;
        if (complaint_desk_act(desk, who, verb, draft, &outcome) != COMPLAINT_OK) {
            std::fprintf(stderr, "%s: %s\n", complaint_verb_name(verb), complaint_error_text(complaint_desk_error(desk), COMPLAINT_ENGLISH));
            std::abort();
        }
        int64_t value = result(outcome);
        complaint_outcome_free(outcome);
        complaint_draft_clear(draft);
        now += 1000;
        return value;
    }
    int64_t on(int64_t id, const complaint_actor *who, int32_t verb) { return complaint_draft_set_case(draft, id, COMPLAINT_ANY_REVISION), act(who, verb); }

    // Messages are numbered from here, so that a second desk on a file brings new ones.
    void messages_from(int n) { messages = n; }

    // A message comes in and opens a case: two transactions.
    int64_t intake() {
        std::string external = std::to_string(++messages);
        set("channel", "facebook").set("external_id", external.c_str()).set("thread", external.c_str());
        set("sender", "ผู้ใช้เพจ").set("text", "รอคิวตั้งแต่ตีห้าจนบ่ายสองยังไม่ได้ตรวจเลยค่ะ เจ้าหน้าที่พูดไม่ดีด้วย ขอให้ช่วยตรวจสอบและแจ้งผลให้ทราบหน่อยนะคะ");
        int64_t message = act(officer, COMPLAINT_VERB_RECEIVE, complaint_outcome_message);
        must(complaint_draft_set_message(draft, message) == COMPLAINT_OK, "set_message");
        return act(officer, COMPLAINT_VERB_TRIAGE);
    }

    // From the number to the closing: nine transactions.
    void rest_of_life(int64_t id) {
        on(id, officer, COMPLAINT_VERB_REGISTER);
        set("by_hand", "phone"), on(id, officer, COMPLAINT_VERB_ACKNOWLEDGE);
        set("class", "service").set("nature", "grievance"), on(id, officer, COMPLAINT_VERB_CLASSIFY);
        set("decision", "agreed").set("text", "รับทราบ ส่งหน่วยงาน"), on(id, head, COMPLAINT_VERB_CONSIDER);
        set("unit", "quality"), on(id, officer, COMPLAINT_VERB_FORWARD);
        set("from_unit", "quality"), on(id, unit, COMPLAINT_VERB_ACCEPT);
        set("from_unit", "quality").set("outcome", "resolved").set("text", "ปรับคิวและอบรมเจ้าหน้าที่แล้ว"), on(id, unit, COMPLAINT_VERB_REPORT_RESULT);
        set("text", "หน่วยบริการปรับคิวแล้ว").set("by_hand", "phone"), on(id, officer, COMPLAINT_VERB_NOTIFY_RESULT);
        on(id, officer, COMPLAINT_VERB_CLOSE);
    }
    static constexpr int transitions = 9;

    complaint_desk *desk = nullptr;
    complaint_draft *draft = nullptr;
    complaint_actor *officer = nullptr, *head = nullptr, *unit = nullptr;
    int64_t now = start;

  private:
    complaint_actor *person(const char *id, const char *role) {
        complaint_actor *who = nullptr;
        must(complaint_actor_new(nullptr, id, &who) == COMPLAINT_OK && complaint_actor_add_role(who, role) == COMPLAINT_OK, "actor");
        return who;
    }
    complaint_sqlite *sqlite = nullptr;
    complaint_policy *policy = nullptr;
    complaint_calendar *calendar = nullptr;
    int messages = 0;
};

} // namespace bench
#endif
