// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is glTF by the judgement of Khronos' own validator. */
class GltfValidatorTest {
	private static final Path ROOT = Path.of(System.getProperty("shadowweaver.root", ".")).toAbsolutePath();
	private static final Path TOOLS = ROOT.resolve("releng/.tools/npm");

	@TempDir
	Path folder;

	@BeforeAll
	static void fetched() {
		assumeTrue(Files.isDirectory(TOOLS.resolve("node_modules/gltf-validator")), "the validator is not there: releng/packages test fetches it");
	}

	private static String written(TestEstate estate) throws Exception {
		return GltfWriter.write(new SceneBuilder().build(estate.state(), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO));
	}

	private JsonNode judged(String gltf) throws Exception {
		Path file = Files.writeString(folder.resolve("twin.gltf"), gltf);
		Path said = folder.resolve("said.json");
		Process process = new ProcessBuilder("node", ROOT.resolve("tests/io.shadowweaver.scene.tests/gltf/validate.mjs").toString(), TOOLS.toString(), file.toString())
				.redirectErrorStream(true).redirectOutput(said.toFile()).start();
		try {
			assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the validator does not end");
		} finally {
			process.destroyForcibly();
		}
		assertEquals(0, process.exitValue(), Files.readString(said));
		return new ObjectMapper().readTree(said.toFile());
	}

	private void valid(TestEstate estate) throws Exception {
		JsonNode issues = judged(written(estate)).get("issues");
		assertEquals(0, issues.get("numErrors").asInt() + issues.get("numWarnings").asInt() + issues.get("numInfos").asInt(), issues.toPrettyString());
	}

	@Test
	void aFleetWithShadowsIsValid() throws Exception {
		valid(TestEstate.fleet(40).forecast("web-1", .95, .1));
	}

	@Test
	void namesInAnyScriptAreValid() throws Exception {
		valid(new TestEstate().live("a\"\\\u0001", "web", "r", "z", .5).live("漢字 \uD83D\uDE80 " + "x".repeat(300), "wéb", "Région", "z/2", 1.7));
	}

	@Test
	void anEstateWithoutResourcesIsValid() throws Exception {
		valid(new TestEstate());
	}

	@Test
	void theValidatorFindsWhatIsWrong() throws Exception {
		String gltf = written(TestEstate.fleet(3));
		String wrong = gltf.replaceFirst("\"componentType\"\\s*:\\s*5123", "\"componentType\":5122");
		assertNotEquals(gltf, wrong);
		JsonNode issues = judged(wrong).get("issues");
		assertTrue(issues.get("numErrors").asInt() > 0, issues.toPrettyString());
	}
}
