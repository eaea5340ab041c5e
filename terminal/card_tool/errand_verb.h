// What the verbs that need a region share: their options, progress, sentences and exit codes.
#pragma once

#include "terminal/card_tool/card_errand.h"
#include "terminal/card_tool/verb.h"

namespace kazashi::card_tool {

enum ErrandExit : int { exit_refused = 5, exit_scrap = 6 };

class ErrandVerb : public Verb {
public:
    explicit ErrandVerb(CLI::App& verb);

protected:
    int perform();  // the order in `errand`, to its end

    ErrandOptions errand;

private:
    bool as_json_{false};
};

}  // namespace kazashi::card_tool
