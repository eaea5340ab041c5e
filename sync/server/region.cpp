#include "sync/server/region.h"

#include <toml++/toml.h>

#include <fmt/format.h>
#include <sstream>
#include <system_error>
#include <utility>

#include "sync/server/feed.h"
#include "sync/server/files.h"
#include "sync/server/tuning.h"
#include "sync/server/upgrade.h"

namespace kazashi::server {

namespace {

// Where everything stands in the folder. region.toml is written last: a folder that has it is whole.
constexpr const char* profile_file = "region.toml";
constexpr const char* database_file = "region.db";
constexpr const char* master_key_file = "master.key";
constexpr std::size_t small_file = 64 * 1024;

Status write_pair(const std::filesystem::path& folder, const std::string& name, const PemPair& pair) {
    KAZASHI_CHECK(write_file(folder / (name + ".crt"), base::as_bytes(pair.certificate), FileMode::open));
    return write_file(folder / (name + ".key"), pair.key.view(), FileMode::secret);
}

Status make_certificates(const std::filesystem::path& folder, const RegionProfile& profile, model::UtcTime now) {
    const auto name = fmt::format("Kazashi region {}", profile.code);
    KAZASHI_TRY(const auto root, CertificateAuthority::create(name, now));
    KAZASHI_CHECK(write_pair(folder, "ca", root));
    KAZASHI_TRY(const auto authority, CertificateAuthority::load(root.certificate, root.key.view()));
    KAZASHI_TRY(const auto server, authority.issue("localhost", CertificateUse::server, now));
    KAZASHI_CHECK(write_pair(folder, "server", server));
    KAZASHI_TRY(const auto source, authority.issue("source", CertificateUse::client, now));
    return write_pair(folder, "source", source);
}

Status make_keys(const std::filesystem::path& folder) {
    const auto signing = vault::make_signing_pair();
    KAZASHI_CHECK(write_file(folder / "signing.key", signing.secret.view(), FileMode::secret));
    const auto sealing = vault::make_sealing_pair();
    KAZASHI_CHECK(write_file(folder / "sealing.key", sealing.secret.view(), FileMode::secret));
    protocol::MasterKey master;
    vault::random_bytes(master.data(), protocol::MasterKey::size);
    KAZASHI_CHECK(write_file(folder / master_key_file, master.view(), FileMode::secret));
    const auto index = vault::random_key<vault::IndexKey>();
    return write_file(folder / "index.key", index.bytes.view(), FileMode::secret);
}

Status make_records(const std::filesystem::path& folder) {
    KAZASHI_TRY(auto repository, open_sqlite(folder / database_file, true));
    // SQLite gives its journal the permissions of the database.
    std::error_code error;
    std::filesystem::permissions(folder / database_file,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    if (error) return base::Error{base::Fault::io, "the database's permissions cannot be set"};
    return repository->write([](Records& records) -> Status {
        const auto policy = model::default_policy();
        KAZASHI_CHECK(records.put_policy(policy));
        return publish(records, policy, for_all());
    });
}

Status write_profile(const std::filesystem::path& folder, const RegionProfile& profile) {
    std::ostringstream text;
    text << toml::table{{"region", profile.code},
                        {"name", profile.name},
                        {"demo", profile.demo},
                        {"identifier_system", profile.identifier_system}}
         << '\n';
    return write_file(folder / profile_file, base::as_bytes(text.str()), FileMode::open);
}

Result<RegionProfile> read_profile(const std::filesystem::path& folder) {
    KAZASHI_TRY(const auto bytes, read_file(folder / profile_file, small_file));
    try {
        const auto table = toml::parse(base::as_text(bytes.view()));
        RegionProfile profile;
        profile.code = table["region"].value<std::uint16_t>().value_or(0);
        profile.name = table["name"].value_or(std::string{});
        profile.demo = table["demo"].value_or(false);
        profile.identifier_system = table["identifier_system"].value_or(std::string{});
        if (profile.code == 0 || profile.identifier_system.empty()) {
            return base::Error{base::Fault::corrupt, "region.toml lacks region or identifier_system"};
        }
        return profile;
    } catch (const toml::parse_error&) {
        return base::Error{base::Fault::corrupt, "region.toml is not TOML"};
    }
}

template <std::size_t N>
Result<base::Secret<N>> read_key(const std::filesystem::path& file) {
    KAZASHI_TRY(const auto bytes, read_file(file, N));
    if (bytes.size() != N) return base::Error{base::Fault::corrupt, file.filename().string() + ": wrong length"};
    return base::Secret<N>{std::span<const std::uint8_t, N>{bytes.view().data(), N}};
}

Result<RegionKeys> read_keys(const std::filesystem::path& folder) {
    KAZASHI_TRY(auto signing, read_key<64>(folder / "signing.key"));
    KAZASHI_TRY(auto sealing, read_key<32>(folder / "sealing.key"));
    KAZASHI_TRY(auto master, read_key<protocol::MasterKey::size>(folder / master_key_file));
    KAZASHI_TRY(auto index, read_key<32>(folder / "index.key"));
    return RegionKeys{vault::signing_pair(std::move(signing)), vault::sealing_pair(std::move(sealing)),
                      std::move(master), vault::IndexKey{std::move(index)}};
}

Result<CertificateAuthority> read_authority(const std::filesystem::path& folder) {
    KAZASHI_TRY(const auto certificate, read_file(folder / "ca.crt", small_file));
    KAZASHI_TRY(const auto key, read_file(folder / "ca.key", small_file));
    return CertificateAuthority::load(base::as_text(certificate.view()), key.view());
}

}  // namespace

Status make_region(const std::filesystem::path& folder, const RegionProfile& profile, model::UtcTime now) {
    std::error_code error;
    // Also half a region is left alone: a lost master key would make every card of it worthless.
    for (const auto* file : {profile_file, database_file, master_key_file}) {
        if (std::filesystem::exists(folder / file, error)) {
            return base::Error{base::Fault::denied, "there is a region in this folder already"};
        }
    }
    std::filesystem::create_directories(folder, error);
    if (error) return base::Error{base::Fault::io, "the folder cannot be made"};
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) return base::Error{base::Fault::io, "the folder's permissions cannot be set"};
    KAZASHI_CHECK(make_keys(folder));
    KAZASHI_CHECK(make_certificates(folder, profile, now));
    KAZASHI_CHECK(make_records(folder));
    return write_profile(folder, profile);
}

Result<Region> open_region(const std::filesystem::path& folder) {
    KAZASHI_TRY(auto profile, read_profile(folder));
    KAZASHI_TRY(auto keys, read_keys(folder));
    KAZASHI_TRY(auto authority, read_authority(folder));
    KAZASHI_TRY(auto repository, open_sqlite(folder / database_file, false));
    KAZASHI_CHECK(complete_region(*repository, keys, base::SystemClock{}.wall()));
    return Region{folder, std::move(profile), std::move(keys), std::move(authority), std::move(repository)};
}

}  // namespace kazashi::server
