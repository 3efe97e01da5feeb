/// Checks an implementation of the platform protocols against what they promise.
///
/// A board runs it from its own `main`, the simulator and the tests run it on the host: nothing
/// here allocates, and nothing waits for longer than `Limits` says by the platform's own clock. A
/// clock that stands still is noticed, so a broken platform fails its checks instead of hanging
/// them. A platform in virtual time has to move its clock whenever it is asked for the time.
///
/// The contract, one check each; the names are those that reports carry:
///
/// - `checkMonotonicClock`: never goes back; moves; its steps are 20 ms at most.
/// - `checkEntropySource`: gives entropy; fills the whole space; is not constant; does not repeat
///   itself; has as many ones as zeros, roughly; fills a space of any size.
/// - `checkFlashRegion`: the sizes never change; an erased block reads 0xFF; programmed bytes read
///   back; reading changes nothing; reads begin and end anywhere; the last unit of a block can be
///   programmed; programming leaves the rest of the block and all other blocks alone; erasing
///   leaves other blocks alone; a block can be erased and programmed again.
/// - `checkByteStream`: connects; reads zero while nothing has arrived; carries bytes whole and in
///   order; a new connection knows nothing of the one before; disconnecting twice does no harm;
///   connects again; hands out all bytes before it says that the peer closed; a port that nobody
///   listens on is refused or unreachable.
/// - `checkDatagramSocket`: opens; receives zero while nothing has arrived; carries a datagram
///   whole; cuts off what is longer than the space; a socket opened anew knows nothing of the one
///   before; closing twice does no harm; opens again.
/// - `checkNameResolver`: a numeric address is its own; an unknown name is unknown.
/// - `checkSensor`, `checkPowerStateMeter`, `checkWatchdog`, `checkConsole`: can be called.
public enum Conformance {}
