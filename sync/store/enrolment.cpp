#include "sync/store/enrolment.h"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include "sync/store/private_file.h"

namespace kazashi::store {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

constexpr std::int64_t version = 1;

struct Files {
    explicit Files(const fs::path& state)
        : terminal{state / "terminal.toml"},
          signing{state / "signing.key"},
          tls_key{state / "tls.key"},
          tls_certificate{state / "tls.crt"},
          region_ca{state / "region-ca.crt"},
          database{state / "kazashi.db"} {}
    fs::path terminal, signing, tls_key, tls_certificate, region_ca, database;
};

// A file that already stands in its place is only made private.
Status take_in(const fs::path& from, const fs::path& place) {
    std::error_code failed;
    if (fs::equivalent(from, place, failed)) {
        fs::permissions(place, fs::perms::owner_read | fs::perms::owner_write, failed);
        return failed ? Status{Error{Fault::io, place.filename().string() + ": cannot be made private"}} : base::ok();
    }
    std::ifstream in{from, std::ios::binary};
    std::ostringstream content;
    if (!(content << in.rdbuf())) return Error{Fault::io, place.filename().string() + ": its source cannot be read"};
    return write_private_file(place, base::as_bytes(content.str()));
}

std::string text_of(const Enrolment& enrolment) {
    const toml::table table{
        {"version", version},
        {"terminal", enrolment.terminal.str()},
        {"server_url", enrolment.server_url},
        {"demo", enrolment.demo},
        {"facility", toml::table{{"id", enrolment.facility.id.str()},
                                 {"type", std::string{model::name(enrolment.facility.type)}},
                                 {"name", enrolment.facility.name}}},
        {"region", toml::table{{"code", std::int64_t{enrolment.region}},
                               {"verify", base::to_hex(enrolment.region_verify.view())},
                               {"seal", base::to_hex(enrolment.region_seal.view())}}},
    };
    std::ostringstream text;
    text << "# Written by `kazashi enrol`. The keys of this terminal are in the files beside it.\n" << table << "\n";
    return text.str();
}

// A file that has to be there once terminal.toml is.
Result<base::SecretBytes> read_part(const fs::path& file) {
    auto content = read_private_file(file);
    const bool missing = content ? content->empty() : content.fault() == Fault::not_found;
    if (missing) return Error{Fault::malformed, file.filename().string() + " is missing or empty"};
    return content;
}

template <class Key>
bool read_key(const toml::table& table, const char* path, Key& key) {
    const auto bytes = base::from_hex(table.at_path(path).value_or(std::string{}));
    if (!bytes || bytes->size() != key.bytes.size()) return false;
    std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
    return true;
}

Error malformed(const std::string& what) { return {Fault::malformed, "terminal.toml: " + what}; }

Result<Enrolment> parse(const toml::table& table) {
    if (table["version"].value_or(std::int64_t{0}) != version)
        return Error{Fault::unsupported, "terminal.toml: version"};
    Enrolment enrolment;
    enrolment.terminal = model::TerminalId{table["terminal"].value_or(std::string{})};
    enrolment.server_url = table["server_url"].value_or(std::string{});
    enrolment.demo = table["demo"].value_or(false);
    enrolment.facility.id = model::FacilityId{table.at_path("facility.id").value_or(std::string{})};
    enrolment.facility.name = table.at_path("facility.name").value_or(std::string{});
    const auto type = model::facility_type_named(table.at_path("facility.type").value_or(std::string{}));
    const auto code = table.at_path("region.code").value_or(std::int64_t{-1});
    if (enrolment.terminal.empty()) return malformed("terminal");
    if (enrolment.server_url.empty()) return malformed("server_url");
    if (enrolment.facility.id.empty() || !type) return malformed("facility");
    if (code < 0 || code > 0xffff) return malformed("region.code");
    if (!read_key(table, "region.verify", enrolment.region_verify)) return malformed("region.verify");
    if (!read_key(table, "region.seal", enrolment.region_seal)) return malformed("region.seal");
    enrolment.facility.type = *type;
    enrolment.region = static_cast<std::uint16_t>(code);
    return enrolment;
}

// toml++ throws; nothing of it leaves this function.
Result<Enrolment> parse(std::string_view text) {
    try {
        return parse(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return malformed("line " + std::to_string(error.source().begin.line));
    }
}

}  // namespace

Status write_enrolment(const fs::path& state, const Enrolment& enrolment) {
    const Files files{state};
    KAZASHI_CHECK(take_in(enrolment.tls_key, files.tls_key));
    KAZASHI_CHECK(take_in(enrolment.tls_certificate, files.tls_certificate));
    KAZASHI_CHECK(take_in(enrolment.region_ca, files.region_ca));
    KAZASHI_CHECK(write_private_file(files.signing, enrolment.signing.secret.view()));
    // The last one: without it there is no enrolment.
    return write_private_file(files.terminal, base::as_bytes(text_of(enrolment)));
}

Result<Enrolment> read_enrolment(const fs::path& state) {
    const Files files{state};
    KAZASHI_TRY(const auto text, read_private_file(files.terminal));
    KAZASHI_TRY(auto enrolment, parse(base::as_text(text.view())));
    KAZASHI_TRY(const auto signing, read_part(files.signing));
    if (signing.size() != 64) return Error{Fault::malformed, "signing.key: size"};
    enrolment.signing = vault::signing_pair(base::Secret<64>{signing.view().first<64>()});
    for (const auto& file : {files.tls_key, files.tls_certificate, files.region_ca}) {
        KAZASHI_TRY([[maybe_unused]] const auto content, read_part(file));
    }
    enrolment.tls_key = files.tls_key;
    enrolment.tls_certificate = files.tls_certificate;
    enrolment.region_ca = files.region_ca;
    enrolment.database = files.database;
    return enrolment;
}

}  // namespace kazashi::store
