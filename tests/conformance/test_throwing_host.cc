/*
 * A host in C++ whose callbacks throw. What it throws comes out of the call that was made on the desk; no transaction stays open, nobody is locked out, and the desk goes on. What the interrupted call had allocated is
 * given back by the host's own allocator, when the desk is gone.
 */
#include <complaint.h>
#include <complaint/store/memory.h>
#include <complaint/store/sqlite.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <stdexcept>
#include <string>
#include <unistd.h>

#define CHECK(condition)                                                                     \
    do {                                                                                     \
        if (!(condition)) {                                                                  \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);     \
            std::exit(1);                                                                    \
        }                                                                                    \
    } while (0)
#define OK(call) CHECK((call) == COMPLAINT_OK)

namespace {

struct Thrown : std::runtime_error {
    explicit Thrown(const char *slot) : std::runtime_error(slot) {}
};

/* Which slot throws, at which of its calls from now. */
struct Trap {
    std::string slot;
    int after = 0;
    bool struck = false;

    void pass(const char *name) {
        if (slot != name || after-- > 0) return;
        slot.clear();
        struck = true;
        throw Thrown(name);
    }
};

/* ---- memory that knows what is alive ---------------------------------------------------------------------------------------- */

struct Memory {
    std::set<void *> alive;
    complaint_allocator table;

    Memory() : table{sizeof table, this, allocate, resize, release} {}
    Memory(const Memory &) = delete;
    Memory &operator=(const Memory &) = delete;
    ~Memory() {
        for (void *p : alive) std::free(p);
    }

    static void *COMPLAINT_CALL allocate(void *self, size_t bytes) noexcept {
        void *p = std::malloc(bytes);
        if (p) static_cast<Memory *>(self)->alive.insert(p);
        return p;
    }
    static void *COMPLAINT_CALL resize(void *self, void *memory, size_t bytes) noexcept {
        Memory *m = static_cast<Memory *>(self);
        void *p = std::realloc(memory, bytes);
        if (!p) return nullptr;
        m->alive.erase(memory);
        m->alive.insert(p);
        return p;
    }
    static void COMPLAINT_CALL release(void *self, void *memory) noexcept {
        static_cast<Memory *>(self)->alive.erase(memory);
        std::free(memory);
    }
};

/* ---- a host ---------------------------------------------------------------------------------------------------------------------- */

struct Host {
    Memory memory;
    Trap trap;
    complaint_store inner{};
    int open = 0; /* transactions */
    int sent = 0;
    int64_t now = INT64_C(1762308000000);
    std::string room;
    complaint_desk *desk = nullptr;
    complaint_actor *officer = nullptr, *auditor = nullptr;

    Host() = default;
    Host(const Host &) = delete;
    Host &operator=(const Host &) = delete;
    ~Host() {
        complaint_actor_free(officer);
        complaint_actor_free(auditor);
        complaint_desk_close(desk);
        CHECK(open == 0);
    }

    static Host &of(void *self) { return *static_cast<Host *>(self); }

    static complaint_status COMPLAINT_CALL schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *e) {
        of(self).trap.pass("schema");
        return of(self).inner.schema(of(self).inner.self, operation, major, minor, e);
    }
    static complaint_status COMPLAINT_CALL limits(void *self, complaint_limits *, complaint_host_error *) {
        of(self).trap.pass("limits");
        return COMPLAINT_OK;
    }
    static complaint_status COMPLAINT_CALL begin(void *self, int32_t mode, const char *office, size_t size, void **tx, complaint_host_error *e) {
        of(self).trap.pass("begin");
        complaint_status s = of(self).inner.begin(of(self).inner.self, mode, office, size, tx, e);
        of(self).open += s == COMPLAINT_OK;
        return s;
    }
    static complaint_status COMPLAINT_CALL commit(void *self, void *tx, complaint_host_error *e) {
        of(self).trap.pass("commit");
        complaint_status s = of(self).inner.commit(of(self).inner.self, tx, e);
        of(self).open -= s == COMPLAINT_OK;
        return s;
    }
    static void COMPLAINT_CALL rollback(void *self, void *tx) {
        of(self).inner.rollback(of(self).inner.self, tx);
        of(self).open--;
        of(self).trap.pass("rollback");
    }
    static complaint_status COMPLAINT_CALL write(void *self, void *tx, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *e) {
        complaint_status s = of(self).inner.write(of(self).inner.self, tx, changes, count, failed_at, e);
        of(self).trap.pass("write"); /* the rows are written, the locks taken */
        return s;
    }
    static complaint_status COMPLAINT_CALL get(void *self, void *tx, int32_t table, const complaint_value *key, int32_t keys, complaint_row_fn sink, void *context, complaint_host_error *e) {
        complaint_status s = of(self).inner.get(of(self).inner.self, tx, table, key, keys, sink, context, e);
        of(self).trap.pass("get");
        return s;
    }
    static complaint_status COMPLAINT_CALL select(void *self, void *tx, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit, complaint_row_fn sink, void *context,
                                                  complaint_host_error *e) {
        complaint_status s = of(self).inner.select(of(self).inner.self, tx, table, index, bounds, direction, limit, sink, context, e);
        of(self).trap.pass("select");
        return s;
    }
    static complaint_status COMPLAINT_CALL tell(void *self, int64_t *now, complaint_host_error *) {
        of(self).trap.pass("now");
        *now = of(self).now;
        return COMPLAINT_OK;
    }
    static complaint_status COMPLAINT_CALL send(void *self, const complaint_notice *, int32_t *answer, int64_t *, complaint_host_error *) {
        of(self).trap.pass("send");
        of(self).sent++;
        *answer = COMPLAINT_DELIVERED;
        return COMPLAINT_OK;
    }
    static complaint_status COMPLAINT_CALL put_chunk(void *self, const char *, int64_t, const void *data, size_t size, complaint_host_error *) {
        of(self).trap.pass("put_chunk");
        of(self).room.assign(static_cast<const char *>(data), size);
        return COMPLAINT_OK;
    }
    static complaint_status COMPLAINT_CALL get_chunk(void *self, const char *, int64_t, complaint_bytes_fn sink, void *context, complaint_host_error *) {
        of(self).trap.pass("get_chunk");
        (void)sink(context, of(self).room.data(), of(self).room.size());
        return COMPLAINT_OK;
    }
    static complaint_status COMPLAINT_CALL read(void *self, void *buffer, size_t, size_t *got) {
        static int turn = 0;
        of(self).trap.pass("read");
        *got = turn++ % 2 ? 0 : 5;
        std::memcpy(buffer, "photo", *got);
        return COMPLAINT_OK;
    }
    static int32_t COMPLAINT_CALL take(void *self, const void *, size_t) {
        of(self).trap.pass("sink");
        return 0;
    }
    static int32_t COMPLAINT_CALL progress(void *self, int64_t) {
        of(self).trap.pass("progress");
        return 0;
    }

    complaint_status start() {
        complaint_setup *setup = nullptr;
        complaint_policy *policy = nullptr;
        complaint_calendar *calendar = nullptr;
        const complaint_store store{sizeof store, this, schema, limits, begin, commit, rollback, write, get, select};
        const complaint_clock clock{sizeof clock, this, tell};
        const complaint_notifier notifier{sizeof notifier, this, send};
        const complaint_evidence_room evidence{sizeof evidence, this, put_chunk, get_chunk, nullptr, nullptr};
        OK(complaint_policy_builtin(&memory.table, "moph-chiangrai-2569", &policy, nullptr));
        OK(complaint_calendar_builtin(&memory.table, "TH-57", &calendar, nullptr));
        OK(complaint_setup_new(&memory.table, &setup));
        OK(complaint_setup_set_store(setup, &store));
        OK(complaint_setup_set_clock(setup, &clock));
        OK(complaint_setup_set_notifier(setup, &notifier));
        OK(complaint_setup_set_evidence_room(setup, &evidence));
        OK(complaint_setup_set_policy(setup, policy));
        OK(complaint_setup_set_calendar(setup, calendar));
        complaint_status s = COMPLAINT_E_HOST;
        try {
            s = complaint_desk_open(setup, &desk);
        } catch (const Thrown &) {
        }
        complaint_setup_free(setup);
        complaint_policy_free(policy);
        complaint_calendar_free(calendar);
        return s;
    }
    void hire() {
        OK(complaint_actor_new(nullptr, "malee", &officer));
        OK(complaint_actor_add_role(officer, "officer"));
        OK(complaint_actor_new(nullptr, "audit-1", &auditor));
        OK(complaint_actor_add_role(auditor, "auditor"));
    }
};

/* ---- what is done at the desk ------------------------------------------------------------------------------------------------------- */

complaint_status receive(Host &h, const char *id, int64_t *message) {
    complaint_draft *draft = nullptr;
    complaint_outcome *out = nullptr;
    OK(complaint_draft_new(nullptr, &draft));
    OK(complaint_draft_set_text(draft, "channel", "facebook", 8));
    OK(complaint_draft_set_text(draft, "external_id", id, std::strlen(id)));
    OK(complaint_draft_set_text(draft, "thread", "t-1", 3));
    OK(complaint_draft_set_text(draft, "text", "waited for hours", 16));
    struct Freed {
        complaint_draft *draft;
        ~Freed() { complaint_draft_free(draft); }
    } freed{draft};
    complaint_status s = complaint_desk_act(h.desk, h.officer, COMPLAINT_VERB_RECEIVE, draft, &out);
    if (message) *message = complaint_outcome_message(out);
    complaint_outcome_free(out);
    return s;
}

int64_t open_case(Host &h, int64_t message) {
    complaint_draft *draft = nullptr;
    complaint_outcome *out = nullptr;
    OK(complaint_draft_new(nullptr, &draft));
    OK(complaint_draft_set_message(draft, message));
    OK(complaint_desk_act(h.desk, h.officer, COMPLAINT_VERB_TRIAGE, draft, &out));
    int64_t id = complaint_outcome_case(out);
    complaint_outcome_free(out);
    complaint_draft_clear(draft);
    OK(complaint_draft_set_case(draft, id, COMPLAINT_ANY_REVISION));
    OK(complaint_desk_act(h.desk, h.officer, COMPLAINT_VERB_ACKNOWLEDGE, draft, nullptr));
    complaint_draft_free(draft);
    return id;
}

void verify(Host &h) {
    complaint_page *findings = nullptr;
    int64_t checked = 0;
    OK(complaint_desk_verify(h.desk, h.auditor, 0, nullptr, 0, &findings, &checked));
    CHECK(complaint_page_count(findings) == 0 && checked > 0);
    complaint_page_free(findings);
}

complaint_status look(Host &h) {
    complaint_page *page = nullptr;
    complaint_status s = complaint_desk_inbox(h.desk, h.officer, "new", nullptr, 0, &page);
    complaint_page_free(page);
    return s;
}

complaint_status keep(Host &h) {
    complaint_evidence *item = nullptr;
    complaint_status s = complaint_desk_keep_evidence(h.desk, h.officer, Host::read, &h, &item);
    complaint_evidence_free(item);
    return s;
}

complaint_status archive(Host &h) { return complaint_archive_write(h.desk, h.officer, Host::take, &h, nullptr); }

complaint_status deliver(Host &h) { return complaint_desk_deliver(h.desk, 0, nullptr); }

complaint_status tick(Host &h) { return complaint_desk_tick(h.desk, 0, nullptr); }

complaint_status prove(Host &h) {
    complaint_page *findings = nullptr;
    int64_t checked = 0;
    complaint_status s = complaint_desk_verify(h.desk, h.auditor, 0, nullptr, 0, &findings, &checked);
    complaint_page_free(findings);
    return s;
}

complaint_status receive_one(Host &h) {
    static int number = 0;
    return receive(h, ("x-" + std::to_string(++number)).c_str(), nullptr);
}

/* ---- each slot throws ------------------------------------------------------------------------------------------------------------------- */

/* The exception comes out, nothing stays open, somebody else can write at once, and the same desk does what it was asked. */
void throws(Host &h, Host &other, const char *slot, int after, complaint_status (*call)(Host &h)) {
    bool caught = false;
    h.trap.slot = slot;
    h.trap.after = after;
    h.trap.struck = false;
    try {
        (void)call(h);
    } catch (const Thrown &e) {
        caught = std::strcmp(e.what(), slot) == 0;
    }
    if (!caught || !h.trap.struck) std::fprintf(stderr, "%s, after %d, %s\n", slot, after, caught ? "came out and was not thrown" : "did not come out");
    CHECK(caught && h.trap.struck);
    CHECK(h.open == 0);
    OK(receive_one(other));
    OK(call(h));
    CHECK(h.open == 0);
    verify(h);
}

/* A notice whose sending threw waits for its lease, goes out once, and is settled once. */
void letter_is_sent_once(Host &h, Host &other) {
    int64_t message = 0;
    OK(receive(h, "m-1", &message));
    int64_t id = open_case(h, message);
    h.trap.slot = "send";
    h.trap.after = 0;
    bool caught = false;
    try {
        (void)deliver(h);
    } catch (const Thrown &) {
        caught = true;
    }
    CHECK(caught && h.open == 0 && h.sent == 0);
    OK(deliver(h));
    CHECK(h.sent == 0); /* claimed */
    other.now = h.now += 10 * 60 * 1000;
    OK(deliver(other));
    OK(deliver(h));
    CHECK(h.sent + other.sent == 1);
    complaint_page *page = nullptr;
    OK(complaint_desk_notices(h.desk, h.officer, id, &page));
    CHECK(complaint_page_count(page) == 1 && std::strcmp(complaint_page_text_of(page, 0, "state"), "delivered") == 0);
    complaint_page_free(page);
    verify(h);
}

void each_slot(Host &h, Host &other) {
    OK(complaint_desk_set_progress(h.desk, Host::progress, &h));
    for (int after = 0; after < 2; after++) {
        throws(h, other, "begin", 0, receive_one);
        throws(h, other, "select", 0, receive_one);
        throws(h, other, "write", 0, receive_one);
        throws(h, other, "commit", 0, receive_one);
        throws(h, other, "get", 0, prove);
        throws(h, other, "select", 0, look);
        throws(h, other, "rollback", 0, look);
        throws(h, other, "select", 3, prove);
        throws(h, other, "now", 0, receive_one);
        throws(h, other, "now", 0, tick);
        throws(h, other, "progress", after, prove);
        throws(h, other, "put_chunk", 0, keep);
        throws(h, other, "read", 0, keep);
        throws(h, other, "sink", 0, archive);
    }
}

/* No desk comes of it, and the next one is opened as if nothing had been. */
void opening(const complaint_store &table) {
    static const char *const slots[] = {"schema", "limits", "begin", "now"};
    for (const char *slot : slots) {
        Host h;
        h.inner = table;
        h.trap.slot = slot;
        CHECK(h.start() == COMPLAINT_E_HOST && !h.desk && h.open == 0);
        OK(h.start());
    }
}

template <typename Open> void on_a_store(Open connect) {
    complaint_store table{};
    {
        Host h, other;
        connect(&h.inner);
        connect(&other.inner);
        table = h.inner;
        opening(table);
        OK(h.start());
        OK(other.start());
        h.hire();
        other.hire();
        letter_is_sent_once(h, other);
        each_slot(h, other);
    }
}

void in_memory() {
    complaint_memory *store = nullptr;
    OK(complaint_memory_open(nullptr, &store));
    OK(complaint_memory_set_busy_timeout(store, 0)); /* who finds the writer's turn taken is told at once */
    on_a_store([&](complaint_store *table) { OK(complaint_memory_table(store, table)); });
    complaint_memory_close(store);
}

void in_a_file() {
    static const char path[] = "throwing.db";
    complaint_sqlite *connections[2] = {nullptr, nullptr};
    int count = 0;
    auto remove = [] {
        for (const char *end : {"", "-wal", "-shm", "-journal"}) (void)unlink((std::string(path) + end).c_str());
    };
    remove();
    on_a_store([&](complaint_store *table) {
        OK(complaint_sqlite_open(path, COMPLAINT_SQLITE_CREATE | COMPLAINT_SQLITE_SYNC_OFF, nullptr, &connections[count]));
        OK(complaint_sqlite_set_busy_timeout(connections[count], 0));
        OK(complaint_sqlite_table(connections[count++], table));
    });
    for (complaint_sqlite *connection : connections) complaint_sqlite_close(connection);
    remove();
}

} // namespace

int main() {
    in_memory();
    in_a_file();
    std::puts("what was thrown came out, and nothing was left behind");
    return 0;
}
