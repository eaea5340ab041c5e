#include "terminal/card_tool/issue.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "terminal/card_tool/errand_verb.h"

namespace kazashi::card_tool {

namespace {

using wire::CardPurpose;

class Issue final : public ErrandVerb {
public:
    explicit Issue(CLI::App& verb) : ErrandVerb{verb} {
        verb.add_option("--kind", kind_, "Whose card it shall be")
            ->check(CLI::IsMember({"patient", "staff"}))
            ->capture_default_str();
        verb.add_option("--number", errand.wish.number, "The regional id or the staff number: ten digits");
        auto* const reissue =
            verb.add_flag("--reissue", reissue_, "A new card for a number that has one: the old one is revoked");
        verb.add_flag("--finish", finish_, "Finish a card that was put aside half done; takes no number")
            ->excludes(reissue);
        verb.add_flag("--dry-run", errand.wish.dry_run, "Look, say what would be locked, write nothing");
    }
    int run() override {
        if (finish_ != errand.wish.number.empty()) {
            fmt::print(stderr, "kazashi-card: either --number or --finish\n");
            return exit_usage;
        }
        errand.wish.kind = kind_ == "staff" ? card::CardKind::staff : card::CardKind::patient;
        errand.wish.purpose = finish_ ? CardPurpose::finish : reissue_ ? CardPurpose::reissue : CardPurpose::issue;
        return perform();
    }

private:
    std::string kind_{"patient"};
    bool reissue_{false};
    bool finish_{false};
};

}  // namespace

std::unique_ptr<Verb> add_issue(CLI::App& app) {
    return std::make_unique<Issue>(
        *app.add_subcommand("issue", "Make the blank card on the reader a card of the region"));
}

}  // namespace kazashi::card_tool
