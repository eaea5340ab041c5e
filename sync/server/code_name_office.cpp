#include "sync/server/code_name_office.h"

#include <map>
#include <utility>

#include "sync/fhir/import.h"
#include "sync/server/capsule_keys.h"
#include "sync/server/feed.h"
#include "sync/server/files.h"
#include "sync/server/tuning.h"
#include "sync/vault/glossary.h"
#include "sync/wire/glossary.h"

namespace kazashi::server {

namespace {

using base::Error;
using base::Fault;

Result<CodeNameReport> take(Records& records, const CodeNameTable& table) {
    KAZASHI_TRY(const auto known, records.code_names());
    std::map<std::pair<model::CodeSystem, std::string>, const model::CodeName*> before;
    for (const auto& name : known) before.emplace(std::pair{name.system, name.code}, &name);
    CodeNameReport report;
    for (const auto& name : table.names) {
        const auto was = before.find({name.system, name.code});
        const bool same = was != before.end() && *was->second == name;
        if (was != before.end()) before.erase(was);
        ++report.names;
        if (same) continue;
        KAZASHI_CHECK(records.put_code_name(name));
        ++report.changed;
    }
    for (const auto& [key, name] : before) {
        if (table.systems.contains(key.first)) {
            KAZASHI_CHECK(records.drop_code_name(*name));
            ++report.removed;
        } else {
            ++report.names;
        }
    }
    return report;
}

Error too_many(const std::string& what) {
    return {Fault::limit, what + ": more than a terminal takes. Leave out what no capsule says"};
}

// Sealed under the newest capsule key: who has an older one has that one too.
Status publish_glossary(Records& records, const RegionKeys& keys) {
    KAZASHI_TRY(const auto names, records.code_names());
    if (names.size() > wire::tuning::glossary_names) return too_many(std::to_string(names.size()) + " names in all");
    const auto plain = wire::encode_glossary(names);
    if (plain.size() > wire::tuning::glossary_bytes) return too_many(std::to_string(plain.size()) + " octets in all");
    KAZASHI_TRY(const auto epochs, open_capsule_keys(records, keys));
    if (epochs.empty()) return Error{Fault::corrupt, "no capsule key"};
    KAZASHI_TRY(const auto before, records.glossary());
    model::Glossary glossary{before ? before->version + 1 : 1, epochs.front().epoch, {}};
    glossary.sealed = vault::seal_glossary(epochs.front(), glossary, fhir::compress(base::as_text(plain)));
    if (glossary.sealed.size() > wire::tuning::glossary_sealed_bytes)
        return too_many(std::to_string(glossary.sealed.size()) + " octets packed");
    KAZASHI_CHECK(records.put_glossary(glossary));
    return publish(records, glossary, for_all());
}

}  // namespace

Result<CodeNameReport> take_code_names(Records& records, const RegionKeys& keys, const CodeNameTable& table) {
    KAZASHI_TRY(const auto report, take(records, table));
    if (report.changed + report.removed > 0) KAZASHI_CHECK(publish_glossary(records, keys));
    return report;
}

Result<CodeNameReport> take_code_name_files(const Region& region, const std::vector<std::filesystem::path>& files) {
    CodeNameTable table;
    for (const auto& file : files) {
        KAZASHI_TRY(const auto text, read_file(file, tuning::list_bytes));
        KAZASHI_CHECK(add_code_names(table, file.filename().string(), base::as_text(text.view())));
    }
    CodeNameReport report;
    KAZASHI_CHECK(region.repository->write([&](Records& records) -> Status {
        KAZASHI_TRY(report, take_code_names(records, region.keys, table));
        return base::ok();
    }));
    return report;
}

}  // namespace kazashi::server
