/* Runs veraPDF on all files and profiles in one JVM. A request is the line "PROFILE<tab>FILE", its answer a line of JSON,
   a list of findings.

   The jar that contains veraPDF lacks the library that parses validation profiles, so they are parsed here. */

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;

public class VeraPdf {
    /* Short name of a profile, as veraPDF's own command line has it → its file in the jar; those of PDF/A are regular. */
    static final Map<String, String> FILES = Map.of(
        "ua1", "PDFUA-1",
        "ua2", "PDFUA-2-ISO32005",
        "wt1a", "WTPDF-1-0-Accessibility");

    static final int FAILURES_PER_RULE = 1;

    static final Map<String, ValidationProfile> PARSED = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = in.readLine()) != null;) {
            String[] request = line.split("\t", 2);
            out.println("[" + String.join(",", findings(profile(request[0]), new File(request[1]))) + "]");
        }
    }

    static List<String> findings(ValidationProfile profile, File file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
                PDFAValidator validator =
                    Foundries.defaultInstance().createValidator(profile, FAILURES_PER_RULE, false, true, false)) {
            List<String> found = new ArrayList<>();
            ValidationResult result = validator.validate(parser);
            for (TestAssertion check : result.getTestAssertions()) {
                if (check.getStatus() == TestAssertion.Status.FAILED) {
                    found.add(finding(check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber(),
                        check.getErrorMessage(), check.getLocation().getContext()));
                }
            }
            return found;
        } catch (Exception reason) {
            return List.of(finding("unreadable", reason.toString(), file.getName()));
        }
    }

    static String finding(String rule, String message, String where) {
        return "{\"rule\":" + jsonString(rule) + ",\"severity\":\"error\",\"message\":" + jsonString(message)
            + ",\"where\":" + jsonString(where) + "}";
    }

    static String jsonString(String text) {
        String flat = String.valueOf(text).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return "\"" + flat.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static ValidationProfile profile(String name) throws Exception {
        if (!PARSED.containsKey(name)) {
            PARSED.put(name, parse(name));
        }
        return PARSED.get(name);
    }

    static ValidationProfile parse(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root;
        String path = "/org/verapdf/pdfa/validation/"
            + FILES.getOrDefault(name, "PDFA-" + name.toUpperCase()) + ".xml";
        try (InputStream file = Foundries.class.getResourceAsStream(path)) {
            root = factory.newDocumentBuilder().parse(file).getDocumentElement();
        }
        List<Element> elements = descendants(root, "rule").toList();
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements) {
            rules.add(parseRule(rule));
        }
        if (rules.size() != elements.size()) {
            throw new IllegalStateException(name + ": " + elements.size() + " rules in the file, " + rules.size() + " parsed");
        }
        Set<Variable> variables = new HashSet<>();
        descendants(root, "variable").forEach(variable -> variables.add(Profiles.variableFromValues(
            variable.getAttribute("name"), variable.getAttribute("object"),
            text(variable, "defaultValue"), text(variable, "value"))));
        return Profiles.profileFromValues(PDFAFlavour.byFlavourId(name),
            Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
    }

    static Rule parseRule(Element rule) {
        Element id = descendants(rule, "id").findFirst().orElseThrow();
        Element error = descendants(rule, "error").findFirst().orElseThrow();
        List<ErrorArgument> arguments = new ArrayList<>();
        descendants(error, "argument").forEach(argument -> arguments.add(ErrorArgumentImpl.fromValues(
            argument.getTextContent(), argument.hasAttribute("name") ? argument.getAttribute("name") : null, null)));
        return Profiles.ruleFromValues(
            Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
            rule.getAttribute("object"),
            rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
            rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(error, "message"), arguments), List.of());
    }

    static Stream<Element> descendants(Element parent, String name) {
        var found = parent.getElementsByTagNameNS("*", name);
        return IntStream.range(0, found.getLength()).mapToObj(number -> (Element) found.item(number));
    }

    static String text(Element parent, String name) {
        return descendants(parent, name).findFirst().map(Element::getTextContent).orElse("");
    }
}
