// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

class GltfWriterTest {
	private static JsonNode written(TestEstate estate) throws Exception {
		return new ObjectMapper().readTree(GltfWriter.write(scene(estate)));
	}

	private static SceneModel scene(TestEstate estate) {
		return new SceneBuilder().build(estate.state(), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);
	}

	@Test
	void eachResourceIsABoxInItsPlaceAndEachNodeHasAMesh() throws Exception {
		TestEstate estate = new TestEstate().live("a", "web", "r", "z", .5).live("b", "web", "r", "z", .9).forecast("a", .95, .1);
		JsonNode file = written(estate);
		assertEquals("2.0", file.at("/asset/version").asText());
		SceneModel.Node a = scene(estate).node("a").orElseThrow();
		JsonNode found = null;
		int shadows = 0;
		for (JsonNode node : file.get("nodes")) {
			assertTrue(file.get("meshes").has(node.get("mesh").asInt()));
			found = node.at("/extras/id").asText().equals("a") && node.at("/extras").has("value") ? node : found;
			shadows += node.at("/extras").has("median") ? 1 : 0;
		}
		assertEquals(a.x(), found.at("/translation/0").asDouble(), 1e-5);
		assertEquals(-a.y(), found.at("/translation/2").asDouble(), 1e-5);
		assertEquals(a.height(), found.at("/scale/1").asDouble(), 1e-5);
		assertEquals(1, shadows);
		assertEquals(file.get("nodes").size(), file.at("/scenes/0/nodes").size());
	}

	@Test
	void theBoxIsClosedAndItsSidesLookOutwards() throws Exception {
		JsonNode file = written(new TestEstate().live("a", "web", "r", "z", .5));
		byte[] bytes = Base64.getDecoder().decode(file.at("/buffers/0/uri").asText().substring("data:application/octet-stream;base64,".length()));
		assertEquals(file.at("/buffers/0/byteLength").asInt(), bytes.length);
		ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		for (int triangle = 0; triangle < 12; triangle++) {
			float[][] at = new float[3][3];
			int first = 0;
			for (int corner = 0; corner < 3; corner++) {
				int index = buffer.getShort(2 * 288 + (3 * triangle + corner) * 2);
				first = corner == 0 ? index : first;
				for (int axis = 0; axis < 3; axis++) {
					at[corner][axis] = buffer.getFloat((3 * index + axis) * 4);
				}
			}
			for (int axis = 0; axis < 3; axis++) {
				int p = (axis + 1) % 3;
				int q = (axis + 2) % 3;
				float normal = (at[1][p] - at[0][p]) * (at[2][q] - at[0][q]) - (at[1][q] - at[0][q]) * (at[2][p] - at[0][p]);
				assertEquals(buffer.getFloat(288 + (3 * first + axis) * 4), normal, 1e-6, "triangle " + triangle);
			}
		}
	}

	@Test
	void anEmptyEstateIsAFileWithoutNodes() throws Exception {
		JsonNode file = written(new TestEstate());
		assertFalse(file.has("nodes") || file.has("meshes") || file.has("buffers"));
		assertEquals(1, file.get("scenes").size());
	}
}
