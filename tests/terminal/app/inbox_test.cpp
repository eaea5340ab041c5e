#include "terminal/app/inbox.h"

#include <thread>
#include <vector>

#include "tests/catch.h"

using namespace kazashi;

TEST_CASE("inbox: one wake stands for all messages until they are taken") {
    app::Inbox inbox{8};
    int woken = 0;
    inbox.wake_by([&] { ++woken; });
    CHECK(woken == 1);  // for what may have come before anybody slept
    while (inbox.try_take()) {
    }
    CHECK(inbox.post(app::Quit{}));
    CHECK(inbox.post(app::Quit{}));
    CHECK(woken == 2);
    while (inbox.try_take()) {
    }
    CHECK(inbox.post(app::Quit{}));
    CHECK(woken == 3);
}

TEST_CASE("inbox: a full one refuses and a lost message is remembered once") {
    app::Inbox inbox{2};
    CHECK(inbox.post(app::Quit{}));
    CHECK(inbox.post(app::Quit{}));
    CHECK_FALSE(inbox.post(app::Quit{}));
    CHECK_FALSE(inbox.take_lost());
    inbox.post_or_lose(app::Quit{});
    CHECK(inbox.take_lost());
    CHECK_FALSE(inbox.take_lost());
}

TEST_CASE("inbox: nothing is woken after the sleeper has gone") {
    app::Inbox inbox{8};
    int woken = 0;
    inbox.wake_by([&] { ++woken; });
    inbox.wake_by({});
    CHECK(inbox.post(app::Quit{}));
    CHECK(woken == 1);
    CHECK(inbox.try_take());
}

TEST_CASE("inbox: many senders lose nothing that was taken in") {
    app::Inbox inbox{10'000};
    std::atomic<int> woken{0};
    inbox.wake_by([&] { ++woken; });
    std::vector<std::thread> senders;
    for (int s = 0; s < 4; ++s) {
        senders.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) inbox.post_or_lose(app::DeskReady{});
        });
    }
    int taken = 0;
    for (auto& sender : senders) sender.join();
    while (inbox.try_take()) ++taken;
    CHECK(taken == 4000);
    CHECK_FALSE(inbox.take_lost());
    CHECK(woken.load() >= 2);
}
