// zstd of section Bundles. A decompression context keeps literals of what it unpacked, which is a patient's text, so it
// works inside memory of ours that is wiped after each use.
#define ZSTD_STATIC_LINKING_ONLY  // ZSTD_initStaticDCtx: the only way to say where a context lives
#include <zstd.h>

#include "sync/fhir/import.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {

using base::Error, base::Fault;

base::Bytes compress(std::string_view json) {
    base::Bytes packed(ZSTD_compressBound(json.size()));
    const auto size = ZSTD_compress(packed.data(), packed.size(), json.data(), json.size(), zstd_level);
    assert(!ZSTD_isError(size));  // the buffer is as large as the bound asks for
    packed.resize(size);
    return packed;
}

base::Result<base::SecretBytes> decompress(base::ByteView bytes) {
    const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return Error{Fault::malformed, "not a zstd frame that says its size"};
    if (ZSTD_findFrameCompressedSize(bytes.data(), bytes.size()) != bytes.size())
        return Error{Fault::malformed, "a zstd frame cut short, or something behind it"};
    if (size > section_limit) return Error{Fault::limit, "unpacked section larger than allowed"};

    thread_local base::SecretBytes workspace{ZSTD_estimateDCtxSize()};
    ZSTD_DCtx* context = ZSTD_initStaticDCtx(workspace.data(), workspace.size());
    assert(context != nullptr);
    base::SecretBytes plain{static_cast<std::size_t>(size)};
    const auto unpacked = ZSTD_decompressDCtx(context, plain.data(), plain.size(), bytes.data(), bytes.size());
    base::wipe(workspace.data(), workspace.size());
    if (ZSTD_isError(unpacked) || unpacked != plain.size()) return Error{Fault::malformed, "broken zstd frame"};
    return plain;
}

}  // namespace kazashi::fhir
