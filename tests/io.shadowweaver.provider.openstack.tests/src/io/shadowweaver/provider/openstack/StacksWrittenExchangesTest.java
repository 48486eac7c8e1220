// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/**
 * Groups that stacks of Heat own. The exchanges are written after the reference of the Orchestration Service API v1
 * (https://docs.openstack.org/api-ref/orchestration/v1/), sections "List stacks", "Show stack details", "Get stack template" and "Update stack (PATCH)",
 * as of November 2025; the templates after the Heat Orchestration Template specification
 * (https://docs.openstack.org/heat/latest/template_guide/hot_spec.html), sections "Parameters section" and "range".
 */
class StacksWrittenExchangesTest {
	private static final String STACKS = "/orchestration/v1/p/stacks";
	private static final String WEB = STACKS + "/web/3095aefc";
	private static final String UPDATE = "PATCH " + WEB;

	@TempDir
	Path directory;

	private WrittenOpenStack cloud;
	private CloudProvider provider;
	private volatile Duration behind = Duration.ZERO;

	@BeforeEach
	void open() throws Exception {
		cloud = new WrittenOpenStack();
		stack("web", "CREATE_COMPLETE", "\"size\":\"2\",\"flavor\":\"m1.small\"");
		template(WEB, "size", "[{\"range\":{\"min\":1,\"max\":5},\"description\":\"one to five\"}]");
		// as Heat accepts an update
		cloud.json(UPDATE, 202, "{\"message\":\"The request is accepted for processing.\",\"code\":\"202 Accepted\",\"title\":\"Accepted\"}");
		provider = open("");
	}

	private CloudProvider open(String groups) throws Exception {
		Map<String, String> values = new HashMap<>(Map.of("endpoint", cloud.address() + "/v3/", "project", "estate", "user", "weaver", "password", "secret", "timeout", "2s"));
		values.put("groups", groups);
		return new OpenStackProviderFactory().open(Declared.only("io.shadowweaver.provider.openstack", "provider").settings(values), new TestContext(() -> Clock.systemUTC().instant().minus(behind), directory));
	}

	@AfterEach
	void close() {
		provider.close();
		cloud.close();
	}

	private void stack(String name, String status, String parameters) {
		String fields = "\"id\":\"3095aefc\",\"stack_name\":\"" + name + "\",\"stack_status\":\"" + status + "\",\"stack_status_reason\":\"Stack " + status
				+ " as written\",\"creation_time\":\"2026-01-01T00:00:00Z\",\"updated_time\":null,\"links\":[],\"tags\":null,\"description\":\"\"";
		cloud.answer("GET " + STACKS, exchange -> {
			boolean asked = ("name=" + name).equals(exchange.getRequestURI().getQuery());
			cloud.send(exchange, 200, "application/json", "{\"stacks\":[" + (asked ? "{" + fields + "}" : "") + "]}");
		});
		cloud.json("GET " + STACKS + "/" + name + "/3095aefc", "{\"stack\":{" + fields + ",\"parameters\":{\"OS::project_id\":\"p\",\"OS::stack_id\":\"3095aefc\",\"OS::stack_name\":\"" + name
				+ "\"," + parameters + "},\"outputs\":[],\"disable_rollback\":true}}");
	}

	private void template(String stack, String parameter, String constraints) {
		cloud.json("GET " + stack + "/template", "{\"heat_template_version\":\"2021-04-16\",\"parameters\":{\"" + parameter + "\":{\"type\":\"number\",\"default\":2,\"constraints\":" + constraints
				+ "}},\"resources\":{}}");
	}

	private RefusedException refused(Executable call, String... words) {
		PluginException failed = assertThrows(PluginException.class, call);
		for (String word : words) {
			assertTrue(failed.getMessage().contains(word), "'" + word + "' is not in: " + failed.getMessage());
		}
		assertEquals(0, cloud.calls.stream().filter(made -> made.startsWith("PATCH")).filter(made -> !made.equals(UPDATE)).count());
		return assertInstanceOf(RefusedException.class, failed);
	}

	private void refusedBeforeTheCall(int size, String... words) {
		refused(() -> provider.setSize("web", size), words);
		assertEquals(0, cloud.count(UPDATE));
	}

	@Test
	void theSizeIsTheOnlyParameterThatIsSent() throws Exception {
		provider.setSize("web", 3);
		assertEquals(1, cloud.count(UPDATE));
		assertEquals("{\"existing\":true,\"parameters\":{\"size\":3}}", cloud.bodies.get(UPDATE));
	}

	@ParameterizedTest
	@ValueSource(strings = {"CREATE_COMPLETE", "UPDATE_IN_PROGRESS"})
	void whatIsSoAlreadyOrBecomesSoIsNotAskedForAgain(String status) throws Exception {
		stack("web", status, "\"size\":\"3\"");
		provider.setSize("web", 3);
		assertEquals(0, cloud.count(UPDATE));
	}

	@Test
	void theSettingNamesStackAndParameter() throws Exception {
		String address = STACKS + "/prod.web-1/3095aefc";
		stack("prod.web-1", "UPDATE_COMPLETE", "\"size\":\"9\",\"members\":\"2\"");
		template(address, "members", "[]");
		cloud.json("PATCH " + address, 202, "");
		try (CloudProvider mapped = open("db = other\nweb = prod.web-1 : members")) {
			mapped.setSize("web", 9);
		}
		assertEquals("{\"existing\":true,\"parameters\":{\"members\":9}}", cloud.bodies.get("PATCH " + address));
	}

	@ParameterizedTest
	@ValueSource(strings = {"web", "web = ", "web = a/b", "web = 1st", "web = a:", "web = a:b:c", " = a"})
	void aLineThatIsNoOwnerIsNamed(String line) {
		PluginException failed = assertThrows(PluginException.class, () -> open("db = database\n" + line));
		assertTrue(failed.getMessage().contains("'" + line.strip() + "'"), failed.getMessage());
	}

	@Test
	void aStackOrParameterThatIsNotThereIsARefusal() {
		assertEquals(AccountFault.MISSING, refused(() -> provider.setSize("db", 3), "no stack 'db'").fault());
		assertEquals(AccountFault.MISSING, refused(() -> provider.setSize("../flavors", 3), "no stack '../flavors'").fault());
		stack("web", "CREATE_COMPLETE", "\"count\":\"2\"");
		refusedBeforeTheCall(3, "no parameter 'size'", "groups");
		assertFalse(cloud.calls.stream().anyMatch(call -> call.contains("flavors")), "a group's name was put into an address");
	}

	@Test
	void aCloudWithoutHeatRefuses() {
		cloud.absent.add("orchestration");
		refusedBeforeTheCall(3, "no orchestration (Heat)");
	}

	@ParameterizedTest
	@CsvSource({"0, 1 to 5", "6, 1 to 5", "-1, 1 to 5"})
	void aSizeOutsideTheDeclaredRangeIsARefusal(int size, String range) {
		refusedBeforeTheCall(size, "'size' of stack 'web'", range, "not " + size);
	}

	@Test
	void aTemplateMayDeclareOneLimitSeveralOrNone() throws Exception {
		template(WEB, "size", "[{\"range\":{\"min\":\"3\"}}]");
		refusedBeforeTheCall(1, "3 or more");
		template(WEB, "size", "[{\"range\":{\"max\":9}},{\"allowed_values\":[1,4]},{\"range\":{\"min\":1,\"max\":4}}]");
		refusedBeforeTheCall(5, "1 to 4");
		cloud.json("GET " + WEB + "/template", "{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Parameters\":{\"size\":{\"Type\":\"Number\",\"MinValue\":\"1\",\"MaxValue\":\"3\"}}}");
		refusedBeforeTheCall(4, "1 to 3");
		cloud.json("GET " + WEB + "/template", "{\"heat_template_version\":\"2021-04-16\",\"parameters\":{\"size\":{\"type\":\"number\"}}}");
		refusedBeforeTheCall(-1, "0 or more");
		provider.setSize("web", 1000);
		assertEquals(1, cloud.count(UPDATE));
	}

	@ParameterizedTest
	@ValueSource(strings = {"UPDATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "CREATE_FAILED", "UPDATE_FAILED", "ROLLBACK_FAILED"})
	void aStackThatIsNotAtRestIsARefusal(String status) {
		stack("web", status, "\"size\":\"2\"");
		refusedBeforeTheCall(3, "'web' is " + status, status.endsWith("FAILED") ? "as written" : "has ended");
	}

	@Test
	void aFailedStackOfTheRightSizeIsSaidToo() {
		stack("web", "UPDATE_FAILED", "\"size\":\"3\"");
		refusedBeforeTheCall(3, "UPDATE_FAILED", "as written");
	}

	@Test
	void whatHeatDeclinesIsARefusalAndAFaultIsNot() {
		cloud.json(UPDATE, 400, "{\"code\":400,\"title\":\"Bad Request\",\"error\":{\"type\":\"StackValidationFailed\",\"message\":\"3 is not an allowed value [1, 4]\",\"traceback\":null}}");
		refused(() -> provider.setSize("web", 3), "cannot be set to 3", "not an allowed value");
		cloud.json(UPDATE, 500, "{\"code\":500,\"title\":\"Internal Server Error\",\"error\":{\"message\":\"Remote error\"}}");
		PluginException failed = assertThrows(PluginException.class, () -> provider.setSize("web", 3));
		assertFalse(failed instanceof RefusedException, "claims certainty: " + failed.getMessage());
		assertTrue(failed.getMessage().contains("not known"), failed.getMessage());
		assertEquals(2, cloud.count(UPDATE), "sent again");
	}

	@Test
	void whileTheClocksDifferNoSizeIsSet() throws Exception {
		behind = Duration.ofHours(1);
		refusedBeforeTheCall(3, "clock");
		behind = Duration.ZERO;
		provider.setSize("web", 3);
		assertEquals(1, cloud.count(UPDATE));
	}

	@Test
	void aListOfStacksThatIsNotFoundIsAFault() {
		cloud.json("GET " + STACKS, 404, "{\"title\":\"Not Found\",\"error\":{\"message\":\"Not here\"}}");
		PluginException failed = assertThrows(PluginException.class, () -> provider.setSize("web", 3));
		assertFalse(failed instanceof RefusedException, failed.getMessage());
		assertTrue(failed.getMessage().contains("cannot be read"), failed.getMessage());
	}

	@Test
	void aMemberOfAStackIsSeenAndIsNotOurs() throws Exception {
		String member = WrittenOpenStack.server("a", "", "ACTIVE", "").replace("\"shadowweaver-token\":\"\"", "\"metering.server_group\":\"3095aefc\"");
		cloud.json("GET /compute/v2.1/servers/detail", "{\"servers\":[" + member + "]}");
		assertEquals("", provider.list().getFirst().token());
		assertEquals(1, provider.discover().size());
	}
}
