#include "terminal/card_tool/card_there.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <thread>

#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

constexpr std::chrono::seconds longest_hold{3};  // somebody else's transaction is over sooner, or never

base::Result<CardThere> take_hold(const std::string& name) {
    KAZASHI_TRY(auto context, reader::PcscContext::establish());
    KAZASHI_TRY(auto connection, reader::PcscConnection::open(context, name));
    KAZASHI_CHECK(connection.begin_transaction());
    return CardThere{name, std::move(context), std::move(connection)};
}

// pcscd lets us wait for as long as somebody else has the card, and nothing ends that wait: who waits too long is left
// to itself, with what it waits for.
base::Result<CardThere> hold(const std::string& name) {
    const auto done = std::make_shared<std::promise<base::Result<CardThere>>>();
    auto there = done->get_future();
    std::thread{[done, name] { done->set_value(take_hold(name)); }}.detach();
    if (there.wait_for(longest_hold) != std::future_status::ready)
        return base::Error{base::Fault::reader_busy, "its transaction does not end"};
    return there.get();
}

}  // namespace

base::Result<Readers> look(const std::string& filter) {
    const auto context = reader::PcscContext::establish();
    if (!context) return in_words(context.error());
    auto names = context->readers();
    if (!names) return in_words(names.error());
    Readers readers;
    for (auto& name : *names) {
        if (name.find(filter) == std::string::npos)
            readers.others = true;
        else
            readers.watches.push_back({std::move(name), 0});
    }
    if (readers.watches.empty()) return readers;
    const auto looked = context->wait(readers.watches, std::chrono::milliseconds{0});
    if (!looked) return in_words(looked.error());
    return readers;
}

const char* why_none(const Readers& readers) {
    return readers.others ? "no reader of that name is connected" : "no card reader is connected";
}

base::Result<CardThere> find_card(const std::string& filter) {
    KAZASHI_TRY(const auto readers, look(filter));
    if (readers.watches.empty()) return base::Error{base::Fault::reader_off, why_none(readers)};
    for (const auto& watch : readers.watches) {
        if (!watch.present()) continue;
        auto there = hold(watch.name);
        if (!there) return in_words(there.error());
        return there;
    }
    return base::Error{base::Fault::not_found, "no card lies on a reader"};
}

void add_card_options(CLI::App& verb, CardOptions& options) {
    verb.add_option("--reader", options.reader, "Part of the reader's name; any reader if not said")->type_name("NAME");
    verb.add_option("--profiles", options.profiles, "Card profiles (TOML) of a region's older cards")
        ->type_name("FILE")
        ->check(CLI::ExistingFile.description(""));
    verb.add_flag("--json", options.as_json, "Print one JSON object");
    verb.add_flag("--show", options.show, "Print IDm and number instead of masks that change with each run");
}

}  // namespace kazashi::card_tool
