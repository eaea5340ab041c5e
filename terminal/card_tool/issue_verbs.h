// The verbs of kazashi-card that need a region: issue, verify, erase-demo. Sentences, help and exit codes; what happens
// is in card_errand.h.
#pragma once

#include <memory>
#include <optional>

namespace CLI {
class App;
}

namespace kazashi::card_tool {

class IssueVerbs {
public:
    explicit IssueVerbs(CLI::App& app);  // adds them
    ~IssueVerbs();
    // After parsing: the exit code, if one of them was asked for.
    std::optional<int> run() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::card_tool
