// The region's four questions over any transport: what to ask, and whether to believe the answer.
#pragma once

#include "sync/engine/engine.h"
#include "sync/engine/transport.h"

namespace kazashi::engine {

class WireRegion final : public Region {
public:
    WireRegion(model::TerminalId terminal, model::VerifyKey region, Transport& transport);

    // out_of_order: a page for another terminal, or from another cursor than asked.
    Result<model::FeedPage> feed(model::Cursor after) override;
    Result<wire::PushAnswer> push(const wire::Push& entries) override;
    Result<model::UtcTime> time() override;

private:
    model::TerminalId terminal_;
    model::VerifyKey region_;
    Transport& transport_;
};

}  // namespace kazashi::engine
