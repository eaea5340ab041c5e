// One verb of kazashi-card: its options and help, and what it does. One file each; main.cpp lists them.
#pragma once

#include <memory>

namespace CLI {
class App;
}

namespace kazashi::card_tool {

enum Exit : int {
    exit_done = 0,
    exit_failed = 1,     // no reader service, a card taken away …: a sentence on standard error says which
    exit_usage = 2,      // the command line was not understood
    exit_no_card = 3,    // nothing lies on a reader
    exit_wrong_card = 4  // what lies there cannot do that, or there are several
};

class Verb {
public:
    virtual ~Verb() = default;
    virtual int run() = 0;  // the exit code
    bool asked_for() const;

protected:
    explicit Verb(CLI::App& verb) : verb_{verb} {}

private:
    CLI::App& verb_;
};

}  // namespace kazashi::card_tool
