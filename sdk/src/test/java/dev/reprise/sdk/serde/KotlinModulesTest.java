package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.Serial;
import kotlin.Metadata;
import org.junit.jupiter.api.Test;

/** Jackson's module for Kotlin is found where it is; other classes stand for it. */
class KotlinModulesTest {
    @Metadata
    static final class DataClass {
        private final String name;

        DataClass(String name, int number) {
            this.name = name + number;
        }

        public String getName() {
            return name;
        }
    }

    /** Has the name that the module for Kotlin has. */
    public static final class Found extends SimpleModule {
        @Serial
        private static final long serialVersionUID = 1L;

        /** As the service loader would. */
        public Found() {
            super(KotlinModules.NAME);
        }
    }

    /** Misses a class. */
    public static final class Broken extends SimpleModule {
        @Serial
        private static final long serialVersionUID = 1L;

        /** As without {@code kotlin-reflect}. */
        public Broken() {
            throw new NoClassDefFoundError("kotlin/reflect");
        }
    }

    @Test
    void noModule_isNone() {
        assertThat(KotlinModules.found()).isEmpty();
    }

    @Test
    void module_isMade_andTheCureNamesItNoMore() {
        JsonMapper mapper = JsonMapper.builder()
                .addModules(KotlinModules.named(Found.class.getName()))
                .build();

        assertThat(mapper.getRegisteredModuleIds()).contains(KotlinModules.NAME);
        assertThatThrownBy(() -> new JsonSerdeFactory(mapper).create(DataClass.class))
                .hasMessageContaining("Use a record")
                .hasMessageNotContaining("jackson-module-kotlin");
    }

    @Test
    void moduleThatCannotBeMade_isToldWithTheCure() {
        assertThatThrownBy(() -> KotlinModules.named(Broken.class.getName()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Take the version of jackson-module-kotlin that Jackson has here");
    }
}
