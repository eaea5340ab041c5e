#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"
#include "sync/wire/tuning.h"

namespace kazashi::server {

namespace {

// One word per section, in the order of model::all_sections, then that of `history`; a section the terminal may not see
// asks for nobody's.
std::array<std::string, model::all_sections.size() + 1> section_words(model::SectionSet sections) {
    std::array<std::string, model::all_sections.size() + 1> words;
    for (std::size_t i = 0; i < model::all_sections.size(); ++i) {
        if (sections.has(model::all_sections[i])) words[i] = for_section(model::all_sections[i]).word;
    }
    words.back() = for_section(model::Section::history).word;
    return words;
}

}  // namespace

Status SqliteRecords::append(const FeedRow& row) {
    if (row.body.size() > wire::tuning::entry_bytes) {
        return base::Error{base::Fault::limit, "a feed entry is larger than a page can carry"};
    }
    KAZASHI_CHECK(database_.change(sql::drop_feed, row.key));
    KAZASHI_CHECK(database_.change(sql::append_feed, row.audience.word, std::int64_t{row.package}, row.key, row.body));
    return base::ok();
}

Status SqliteRecords::drop(const std::string& key) {
    KAZASHI_CHECK(database_.change(sql::drop_feed, key));
    return base::ok();
}

Result<bool> SqliteRecords::holds(const std::string& key) {
    KAZASHI_TRY(auto row, database_.run(sql::feed_holds, key));
    return row.next();
}

Status SqliteRecords::drop_below(const std::string& key_prefix) {
    // Keys are ASCII: everything that starts with the prefix sorts before the prefix with a last 0x7F.
    KAZASHI_CHECK(database_.change(sql::drop_feed_below, key_prefix, key_prefix + "\x7f"));
    return base::ok();
}

Result<FeedSlice> SqliteRecords::feed_after(model::Cursor after, const Listener& listener, FeedLimits limits) {
    FeedSlice slice;
    KAZASHI_TRY(slice.head, feed_head());
    KAZASHI_TRY(slice.packages_total, packages_for(listener.sections));
    const auto sections = section_words(listener.sections);
    static_assert(sections.size() == 5);
    const auto emergency = listener.emergency ? for_emergency().word : std::string{};
    KAZASHI_TRY(auto rows, database_.run(sql::feed_after, after.seq, for_all().word, sections[0], sections[1],
                                         sections[2], sections[3], sections[4], for_facility(listener.facility).word,
                                         for_terminal(listener.terminal).word, emergency));
    std::size_t bytes = 0;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return slice;
        wire::EncodedEntry entry{rows.integer(0), rows.blob(1)};
        bytes += entry.body.size() + wire::tuning::entry_envelope_bytes;
        // An entry alone always fits (append() saw to it), so a page never stays empty while there is more.
        if (slice.entries.size() >= limits.entries || (bytes > limits.bytes && !slice.entries.empty())) {
            slice.more = true;
            return slice;
        }
        slice.entries.push_back(std::move(entry));
    }
}

Result<model::Cursor> SqliteRecords::feed_head() {
    KAZASHI_TRY(auto rows, database_.run(sql::feed_head));
    KAZASHI_TRY(const bool there, rows.next());
    return model::Cursor{there ? rows.integer(0) : 0};
}

Result<std::int64_t> SqliteRecords::packages_for(model::SectionSet sections) {
    const auto words = section_words(sections);
    KAZASHI_TRY(auto rows, database_.run(sql::packages_for, words[0], words[1], words[2], words[3], words[4]));
    KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
    return rows.integer(0);
}

}  // namespace kazashi::server
