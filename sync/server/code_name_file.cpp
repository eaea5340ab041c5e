#include "sync/server/code_name_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "sync/wire/tuning.h"

namespace kazashi::server {

namespace {

using base::Error;
using base::Fault;
using base::Status;

class Reader {
public:
    Reader(CodeNameTable& table, const std::string& file) : table_{table}, file_{file} {
        for (const auto& name : table.names) known_.insert(key(name.system, name.code));
    }

    Status read(const toml::table& all) {
        for (const auto& [word, node] : all) {
            const auto system = model::code_system_named(word.str());
            if (!system || !node.is_table())
                return wrong(node, fmt::format("{} is none of [yj7], [jfagy], [icd10], [institution]", word.str()));
            table_.systems.insert(*system);
            for (const auto& [code, names] : *node.as_table())
                KAZASHI_CHECK(read_code({*system, std::string{code.str()}, {}, {}}, names));
        }
        return base::ok();
    }

private:
    static std::string key(model::CodeSystem system, const std::string& code) {
        return std::string{model::name(system)} + "/" + code;
    }
    Error wrong(const toml::node& node, const std::string& what, Fault fault = Fault::malformed) const {
        return {fault, fmt::format("{}:{}: {}", file_, node.source().begin.line, what)};
    }

    Status read_code(model::CodeName name, const toml::node& node) {
        if (!model::is_code(name.system, name.code))
            return wrong(node, fmt::format("{} is no code of {}", name.code, model::name(name.system)));
        if (!known_.insert(key(name.system, name.code)).second)
            return wrong(node, fmt::format("{} has a name already, from a file before", name.code));
        const auto* words = node.as_array();
        const bool has_names = words != nullptr && !words->empty() && words->size() <= 2;
        if (!has_names) return wrong(node, "not a list of a Japanese name and perhaps an English one");
        KAZASHI_TRY(name.japanese, read_name(*words->get(0)));
        if (words->size() == 2) {
            KAZASHI_TRY(name.english, read_name(*words->get(1)));
        }
        if (table_.names.size() == wire::tuning::glossary_names)
            return wrong(node, fmt::format("more than {} names", wire::tuning::glossary_names), Fault::limit);
        table_.names.push_back(std::move(name));
        return base::ok();
    }

    // It stands alone on a line of a screen: no line feed, no tab, nothing a terminal would obey.
    base::Result<std::string> read_name(const toml::node& node) const {
        auto name = node.value<std::string>();
        if (!name || name->empty()) return wrong(node, "a name is missing");
        if (name->size() > wire::tuning::code_name_bytes)
            return wrong(node, fmt::format("a name is longer than {} octets", wire::tuning::code_name_bytes),
                         Fault::limit);
        const bool plain = std::none_of(name->begin(), name->end(),
                                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
        if (!plain) return wrong(node, "a name holds a control character");
        return std::move(*name);
    }

    CodeNameTable& table_;
    const std::string& file_;
    std::set<std::string> known_;
};

}  // namespace

// toml++ throws; nothing of it leaves this function.
Status add_code_names(CodeNameTable& table, const std::string& file, std::string_view text) {
    try {
        const auto parsed = toml::parse(text);
        return Reader{table, file}.read(parsed);
    } catch (const toml::parse_error& error) {
        return Error{Fault::malformed,
                     fmt::format("{}:{}: {}", file, error.source().begin.line, std::string{error.description()})};
    }
}

}  // namespace kazashi::server
