import Testing

/// The program as users run it, with real sockets, real TLS and peers that share no code with it.
///
/// One test at a time: the fleets need the machine, and the peers need their ports.
@Suite(.serialized, .timeLimit(.minutes(5))) enum IntegrationTests {}
