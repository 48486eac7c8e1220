// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange.ResourceSeen;
import io.shadowweaver.tck.WrittenExchanges;

/** Groups that a scale set owns: their size, and their members in the topology. */
class ScaleSetsWrittenExchangesTest {
	private static String refusal(AccountFault fault, Executable call) {
		RefusedException refused = assertThrows(RefusedException.class, call);
		assertEquals(fault, refused.fault(), refused.getMessage());
		return refused.getMessage();
	}

	private static List<Resource> discovered(CloudProvider provider) throws PluginException {
		return provider.discover().stream().map(change -> ((ResourceSeen) change).resource()).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Uniform", "Flexible" })
	void aScaleSetIsResizedOnceAndNothingIsMadeBesideIt(String mode) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().value("mode", mode); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.always("scale-set", "autoscale").value("enabled", "false").once("scale-set-patch");
			provider.setSize("fleet", 5);
			provider.setSize("fleet", 3);
			assertEquals(1, exchanges.played("scale-set-patch"), "it has 3 already");
			CreateRequest wish = WrittenAzure.wish();
			CreateRequest beside = new CreateRequest("1", "x", "fleet", wish.offer(), "", wish.image(), "", "", Map.of(), "", wish.reviewBy());
			assertTrue(refusal(AccountFault.OTHER, () -> provider.create(beside)).contains("owns the group"));
		}
	}

	@Test
	void autoscaleKeepsItsSayOverItsOwnScaleSetAlone() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("scale-set", "autoscale").value("enabled", "true"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			assertTrue(refusal(AccountFault.OTHER, () -> provider.setSize("fleet", 4)).contains("autoscale decides"));
		}
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("scale-set", "autoscale-other").once("scale-set-patch"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			provider.setSize("fleet", 5);
		}
	}

	@Test
	void whatCannotHaveTheCapacityIsNotAsked() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("scale-set-gone");
			assertTrue(refusal(AccountFault.MISSING, () -> provider.setSize("other", 4)).endsWith("has no scale set 'other'."));
			assertTrue(refusal(AccountFault.MISSING, () -> provider.setSize("../x", 4)).endsWith("has no scale set '../x'."));
			exchanges.once("scale-set-flexible-bare");
			assertTrue(refusal(AccountFault.OTHER, () -> provider.setSize("fleet", 4)).contains("has no profile of its machines"));
			exchanges.once("scale-set").value("single", "true");
			assertTrue(refusal(AccountFault.LIMIT, () -> provider.setSize("fleet", 101)).contains("holds 100 machines, not 101"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "409, OperationNotAllowed, 'Operation could not be completed as it results in exceeding approved Total Regional Cores quota.', LIMIT",
			"409, Conflict, The scale set is being updated., OTHER", "403, AuthorizationFailed, The client has no authorization., ACCESS" })
	void aDeclinedResizeIsARefusalOfItsKind(String status, String code, String message, AccountFault fault) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("scale-set", "autoscale").value("enabled", "false"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("scale-set-patch-error").value("status", status).value("code", code).value("message", message);
			assertTrue(refusal(fault, () -> provider.setSize("fleet", 5)).contains(message.replaceAll("\\.$", "")));
		}
	}

	@Test
	void aResizeWithoutAnAnswerIsNotRefused() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("scale-set", "autoscale").value("enabled", "false").once("scale-set-patch-lost");
				CloudProvider provider = WrittenAzure.open(exchanges)) {
			PluginException open = assertThrows(PluginException.class, () -> provider.setSize("fleet", 5));
			assertFalse(open instanceof RefusedException);
			assertTrue(open.getMessage().endsWith("Whether it was done is not known."), open.getMessage());
			assertEquals(1, exchanges.played("scale-set-patch-lost"));
		}
	}

	@Test
	void membersOfAUniformScaleSetAreSeenThoughTheyAreNoMachinesOfTheResourceGroup() throws Exception {
		String sets = "{\"name\": \"web-vmss\", \"location\": \"westeurope\", \"properties\": {}}, {\"name\": \"flexible\", \"location\": \"westeurope\", \"properties\":"
				+ " {\"orchestrationMode\": \"Flexible\"}}, {\"name\": \"elsewhere\", \"location\": \"northeurope\", \"properties\": {\"orchestrationMode\": \"Uniform\"}}";
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().value("sets", sets).always("machines", "interfaces", "scale-sets", "scale-set-members", "scale-set-interfaces", "skus", "skus-2");
				CloudProvider provider = WrittenAzure.open(exchanges); CloudProvider open = WrittenAzure.open(exchanges, Map.of("address", "public", "resource-id", "name"), InstantSource.system())) {
			List<Resource> members = discovered(provider);
			assertEquals(List.of("10.0.0.9"), members.stream().map(Resource::id).toList(), "only what runs");
			Resource member = members.getFirst();
			assertEquals("web-vmss", member.label(Resource.OWNER));
			assertEquals("westeurope-2", member.label(Resource.ZONE));
			assertEquals("Standard_D2s_v5", member.label(Resource.OFFER));
			assertEquals("web", member.label("role"));
			assertEquals(2, member.capacity("cpu"));
			exchanges.once("addresses", "scale-set-addresses");
			Resource same = discovered(open).getFirst();
			assertEquals("web-vmss_0", same.id());
			assertEquals("203.0.113.9", same.label(Resource.ADDRESS));
		}
	}

	@Test
	void membersOfAFlexibleScaleSetNameTheirOwner() throws Exception {
		String member = WrittenAzure.machine("web-vmss_ab12", "", "Succeeded").replace("\"properties\": {", "\"properties\": {\"virtualMachineScaleSet\": {\"id\":"
				+ " \"/subscriptions/s-1/resourceGroups/weaver/providers/Microsoft.Compute/virtualMachineScaleSets/web-vmss\"}, ");
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().value("machines", member).value("statuses", WrittenAzure.status("web-vmss_ab12", "running"))
				.always("machines", "status", "interfaces", "scale-sets", "skus", "skus-2"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			assertEquals("web-vmss", discovered(provider).getFirst().label(Resource.OWNER));
		}
	}
}
