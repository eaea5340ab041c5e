// FeliCa Standard cards of other companies: a railway's, with a common area beside it, and electronic money.
// Source: reference felica.md §1.2; what stands in their blocks is invented.
#pragma once

#include "cardio/simulator/standard_card.h"

namespace kazashi::simulator {

class TransitCard final : public StandardCard {
public:
    TransitCard();
};

class MoneyCard final : public StandardCard {
public:
    MoneyCard();
};

}  // namespace kazashi::simulator
