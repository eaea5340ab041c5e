#include "sync/store/examination.h"

#include <system_error>

#include "sync/store/ledger_tables.h"
#include "sync/store/migrations.h"
#include "sync/store/sql.h"
#include "sync/store/window_tables.h"

namespace kazashi::store {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;
using Verdict = Examination::Verdict;

constexpr auto newest_version = static_cast<std::int64_t>(sql::migrations.size());

Result<std::int64_t> number(Database& database, const char* sql) {
    KAZASHI_TRY(auto row, database.query(sql));
    KAZASHI_TRY(const bool found, row.step());
    return found ? row.integer(0) : 0;
}

Status of_ours(Database& database) {
    KAZASHI_TRY(const auto application, number(database, sql::get_application_id));
    KAZASHI_TRY(const auto version, number(database, sql::user_version));
    if (application != sql::application_id) return Error{Fault::corrupt, "not a store of a terminal"};
    if (version > newest_version) return Error{Fault::unsupported, "version " + std::to_string(version)};
    return base::ok();
}

Status pages_whole(Database& database) {
    KAZASHI_TRY(auto row, database.query(sql::check_integrity));
    KAZASHI_TRY(const bool found, row.step());
    // What SQLite says of a page names tables and pages, no content.
    if (found && row.text(0) != "ok") return Error{Fault::corrupt, row.text(0)};
    return base::ok();
}

std::optional<model::ClockMark> mark_in(Database& database) {
    auto row = database.query(sql::get_value, std::string_view{value_name::clock_mark});
    if (!row) return std::nullopt;
    const auto found = row->step();
    if (!found || !*found) return std::nullopt;
    return model::clock_mark_from(base::as_text(row->blob(0)));
}

Verdict verdict_of(Fault fault) {
    switch (fault) {
        case Fault::corrupt:
            return Verdict::damaged;
        case Fault::unsupported:
            return Verdict::newer;
        case Fault::out_of_order:
        case Fault::bad_signature:
        case Fault::malformed:
            return Verdict::ledger_broken;
        case Fault::cancelled:
            return Verdict::unfinished;
        default:
            return Verdict::unreadable;
    }
}

Status look(const Enrolment& enrolment, base::SteadyTime until, Examination& seen) {
    KAZASHI_TRY(auto database, Database::open(enrolment.database));
    database.give_up_at(until);
    KAZASHI_CHECK(of_ours(database));
    seen.mark = mark_in(database);
    KAZASHI_CHECK(pages_whole(database));
    // An older version's tables may lack what the ledger is read with; the program migrates them when it starts.
    KAZASHI_TRY(const auto version, number(database, sql::user_version));
    if (version < newest_version) return base::ok();
    WindowTables windows{database};
    LedgerTables ledger{database, windows};
    KAZASHI_CHECK(database.run(sql::begin_read));  // one moment, whatever the terminal writes meanwhile
    KAZASHI_TRY(const auto counts, ledger.counts());
    seen.entries = counts.entries;
    return ledger.verify(enrolment.signing.verify);
}

}  // namespace

Examination examine(const Enrolment& enrolment, std::chrono::milliseconds most) {
    Examination seen;
    std::error_code failed;
    if (!fs::exists(enrolment.database, failed)) {
        seen.verdict = failed ? Verdict::unreadable : Verdict::missing;
        return seen;
    }
    const auto looked = look(enrolment, base::SystemClock{}.boot() + most, seen);
    if (looked) return seen;
    seen.verdict = verdict_of(looked.fault());
    seen.detail = looked.error().detail;
    return seen;
}

}  // namespace kazashi::store
