internal import CFuzzer
import Foundation

// libFuzzer calls a C function without a context, so what it calls is kept here, set once before.
private nonisolated(unsafe) var take: ([UInt8]) -> Void = { _ in }

/// Runs libFuzzer on a target with the arguments after the target's name; does not return.
func fuzz(_ target: any FuzzTarget.Type) -> Never {
  unsafe take = { target.take($0) }
  var count = CommandLine.argc - 1
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
    unsafe CommandLine.unsafeArgv + 1
  let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    // The bytes are libFuzzer's, for the length of this call.
    unsafe take(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }
  exit(status)
}
