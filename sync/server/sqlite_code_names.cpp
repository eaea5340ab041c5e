#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

Result<std::vector<model::CodeName>> SqliteRecords::code_names() {
    KAZASHI_TRY(auto rows, database_.run(sql::code_names));
    std::vector<model::CodeName> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back({static_cast<model::CodeSystem>(rows.integer(0)), rows.text(1), rows.text(2), rows.text(3)});
    }
}

Status SqliteRecords::put_code_name(const model::CodeName& name) {
    KAZASHI_CHECK(database_.change(sql::put_code_name, static_cast<std::int64_t>(name.system), name.code, name.japanese,
                                   name.english));
    return base::ok();
}

Status SqliteRecords::drop_code_name(const model::CodeName& name) {
    KAZASHI_CHECK(database_.change(sql::drop_code_name, static_cast<std::int64_t>(name.system), name.code));
    return base::ok();
}

Result<std::optional<model::Glossary>> SqliteRecords::glossary() {
    KAZASHI_TRY(auto rows, database_.run(sql::glossary));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<model::Glossary>{};
    return std::optional{model::Glossary{rows.integer(0), rows.integer(1), rows.blob(2)}};
}

Status SqliteRecords::put_glossary(const model::Glossary& glossary) {
    KAZASHI_CHECK(database_.change(sql::put_glossary, glossary.version, glossary.epoch, glossary.sealed));
    return base::ok();
}

}  // namespace kazashi::server
