import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDFs against profiles of veraPDF and prints one line for each result, separated by tabs:
 * "pass PROFILE FILE", "fail PROFILE FILE COUNT CLAUSE MESSAGE" or "error PROFILE FILE MESSAGE".
 *
 * Arguments: profiles joined by commas ("ua1,2a"), then files.
 */
public final class Conformance {
    private Conformance() {}

    public static void main(String[] arguments) {
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 1; at < arguments.length; at++) {
            for (String profile : arguments[0].split(",")) {
                check(profile, arguments[at]);
            }
        }
    }

    private static void check(String profile, String path) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant()) {
                say("pass", profile, path);
                return;
            }
            failures(result).forEach((rule, count) -> say("fail", profile, path, count.toString(), rule));
        } catch (Exception problem) {
            say("error", profile, path, problem.toString());
        }
    }

    private static Map<String, Integer> failures(ValidationResult result) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                counted.merge(rule + "\t" + assertion.getMessage(), 1, Integer::sum);
            }
        }
        return counted;
    }

    private static void say(String... fields) {
        StringBuilder line = new StringBuilder();
        for (String field : fields) {
            line.append(line.length() == 0 ? "" : "\t").append(field.replaceAll("[\\r\\n]+", " "));
        }
        System.out.println(line);
    }
}
