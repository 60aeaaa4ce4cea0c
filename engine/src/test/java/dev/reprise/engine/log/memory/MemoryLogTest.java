package dev.reprise.engine.log.memory;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogContractTest;

class MemoryLogTest extends LogContractTest {
    @Override
    protected Log open() {
        return new MemoryLog();
    }
}
