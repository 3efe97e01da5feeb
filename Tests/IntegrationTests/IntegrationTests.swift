import Testing

/// The program as users run it, with real sockets, real TLS and peers that share no code with it.
///
/// Within a suite one test goes after the other, because fleets are heavy; the suites go side by
/// side, because most of their time is waiting. Ports are drawn free for each test.
@Suite(.timeLimit(.minutes(5))) enum IntegrationTests {}
