// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A scene as glTF 2.0 (Khronos Group, <i>glTF 2.0 Specification</i>, 2021), one text without other files: zones as plates, resources as boxes, shadows as
 * translucent boxes around them, each a node with its name; what they say stands in its {@code extras}. Upwards is y, as glTF has it. Pure.
 */
public final class GltfWriter {
	private static final int FLOAT = 5126;
	private static final int UNSIGNED_SHORT = 5123;
	private static final int ARRAY_BUFFER = 34962;
	private static final int ELEMENT_ARRAY_BUFFER = 34963;
	private static final int CORNERS = 24;
	private static final int INDICES = 36;
	/** Of a shadow, whose block is seen through it. */
	private static final double SHADOW = .28;
	/** So much wider than its block a shadow is, as the picture has it. */
	private static final float SLEEVE = 1.2f;
	/** A box needs a height. */
	private static final float LEAST = .01f;
	private static final ObjectMapper JSON = new ObjectMapper();

	private final ObjectNode root = JSON.createObjectNode();
	private final ArrayNode nodes = root.putArray("nodes");
	private final ArrayNode meshes = root.putArray("meshes");
	private final ArrayNode materials = root.putArray("materials");
	private final Map<String, Integer> byMaterial = new LinkedHashMap<>();

	private GltfWriter() {
	}

	/** The text of the file. */
	public static String write(SceneModel scene) throws IOException {
		return new GltfWriter().all(scene);
	}

	private String all(SceneModel scene) throws IOException {
		ObjectNode asset = root.putObject("asset");
		asset.put("version", "2.0");
		asset.put("generator", "Shadow Weaver");
		ObjectNode extras = asset.putObject("extras");
		extras.put("estate", scene.estate());
		extras.put("time", scene.now().toString());
		extras.put("shown", scene.shown().toString());
		extras.put("metric", scene.view().metric());
		extras.put("sentence", scene.headline().sentence());
		for (Place place : scene.places()) {
			if (place.kind() == Place.Kind.ZONE) {
				box(place.name(), place.centreX(), place.centreY(), place.width(), place.depth(), SceneModel.PLATE, scene.view().palette().plate(), 1);
			}
		}
		for (SceneModel.Node node : scene.nodes()) {
			ObjectNode said = box(node.name(), node.x(), node.y(), node.size(), node.size(), node.height(), node.colour(), 1).putObject("extras");
			said.put("id", node.id());
			said.put("value", node.text());
			node.ghost().filter(SceneModel.Ghost::drawn).ifPresent(ghost -> {
				ObjectNode shadow = box(node.name() + ", predicted", node.x(), node.y(), node.size() * SLEEVE, node.size() * SLEEVE, ghost.median(), ghost.colour(), SHADOW).putObject("extras");
				shadow.put("id", node.id());
				shadow.put("median", ghost.predicted());
				shadow.put("worst", ghost.worst());
			});
		}
		ObjectNode drawn = root.putArray("scenes").addObject();
		drawn.put("name", scene.estate());
		if (nodes.isEmpty()) {
			root.remove("nodes");
			root.remove("meshes");
			root.remove("materials");
		} else {
			ArrayNode roots = drawn.putArray("nodes");
			for (int i = 0; i < nodes.size(); i++) {
				roots.add(i);
			}
			geometry();
		}
		root.put("scene", 0);
		return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
	}

	private ObjectNode box(String name, float x, float y, float width, float depth, float height, int rgb, double opacity) {
		ObjectNode node = nodes.addObject();
		node.put("name", name);
		node.put("mesh", mesh(rgb, opacity));
		node.putArray("translation").add(x).add(0).add(-y);
		node.putArray("scale").add(width).add(Math.max(height, LEAST)).add(depth);
		return node;
	}

	/** One box in each colour; nodes give it its place and size. */
	private int mesh(int rgb, double opacity) {
		return byMaterial.computeIfAbsent(rgb + "/" + opacity, key -> {
			ObjectNode material = materials.addObject();
			ObjectNode surface = material.putObject("pbrMetallicRoughness");
			surface.putArray("baseColorFactor").add(linear(rgb >> 16)).add(linear(rgb >> 8)).add(linear(rgb)).add(opacity);
			surface.put("metallicFactor", 0);
			surface.put("roughnessFactor", 1);
			if (opacity < 1) {
				material.put("alphaMode", "BLEND");
			}
			ObjectNode primitive = meshes.addObject().putArray("primitives").addObject();
			ObjectNode attributes = primitive.putObject("attributes");
			attributes.put("POSITION", 0);
			attributes.put("NORMAL", 1);
			primitive.put("indices", 2);
			primitive.put("material", materials.size() - 1);
			return meshes.size() - 1;
		});
	}

	/** From sRGB, which palettes are in, to linear light, which glTF wants (IEC 61966-2-1). */
	private static double linear(int channel) {
		double share = (channel & 0xFF) / 255.;
		return share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
	}

	/** A box from -½ to ½ on the ground and from 0 to 1 upwards; each side has corners of its own, since they have other normals. */
	private void geometry() {
		int vectors = CORNERS * 3 * Float.BYTES;
		ByteBuffer bytes = ByteBuffer.allocate(2 * vectors + INDICES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		for (int side = 0; side < 6; side++) {
			for (int corner = 0; corner < 4; corner++) {
				float[] at = corner(side, corner);
				bytes.putFloat(at[0] / 2).putFloat((at[1] + 1) / 2).putFloat(at[2] / 2);
			}
		}
		for (int side = 0; side < 6; side++) {
			for (int corner = 0; corner < 4; corner++) {
				for (int axis = 0; axis < 3; axis++) {
					bytes.putFloat(axis == side / 2 ? sign(side) : 0);
				}
			}
		}
		for (int side = 0; side < 6; side++) {
			for (int corner : new int[] { 0, 1, 2, 0, 2, 3 }) {
				bytes.putShort((short) (side * 4 + corner));
			}
		}
		ObjectNode buffer = root.putArray("buffers").addObject();
		buffer.put("byteLength", bytes.capacity());
		buffer.put("uri", "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(bytes.array()));
		ArrayNode views = root.putArray("bufferViews");
		view(views, 0, vectors, ARRAY_BUFFER);
		view(views, vectors, vectors, ARRAY_BUFFER);
		view(views, 2 * vectors, INDICES * Short.BYTES, ELEMENT_ARRAY_BUFFER);
		ArrayNode accessors = root.putArray("accessors");
		ObjectNode positions = accessor(accessors, 0, FLOAT, CORNERS, "VEC3");
		positions.putArray("min").add(-.5).add(0).add(-.5);
		positions.putArray("max").add(.5).add(1).add(.5);
		accessor(accessors, 1, FLOAT, CORNERS, "VEC3");
		accessor(accessors, 2, UNSIGNED_SHORT, INDICES, "SCALAR");
	}

	private static int sign(int side) {
		return side % 2 == 0 ? 1 : -1;
	}

	/** Corners of a side of the cube from -1 to 1, counter-clockwise as seen from outside. */
	private static float[] corner(int side, int corner) {
		float u = corner == 1 || corner == 2 ? 1 : -1;
		float v = corner > 1 ? 1 : -1;
		float[] at = new float[3];
		at[side / 2] = sign(side);
		at[(side / 2 + 1) % 3] = u * sign(side);
		at[(side / 2 + 2) % 3] = v;
		return at;
	}

	private static void view(ArrayNode views, int offset, int length, int target) {
		ObjectNode view = views.addObject();
		view.put("buffer", 0);
		view.put("byteOffset", offset);
		view.put("byteLength", length);
		view.put("target", target);
	}

	private static ObjectNode accessor(ArrayNode accessors, int view, int type, int count, String shape) {
		ObjectNode accessor = accessors.addObject();
		accessor.put("bufferView", view);
		accessor.put("componentType", type);
		accessor.put("count", count);
		accessor.put("type", shape);
		return accessor;
	}
}
