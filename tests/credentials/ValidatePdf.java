import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** ValidatePdf PROFILE FILE...: one line for each file, and below it each rule of veraPDF that the file breaks. */
public class ValidatePdf {
  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    String resource = "/org/verapdf/pdfa/validation/" + arguments[0] + ".xml";
    ValidationProfile profile = Profiles.profileFromXml(ValidatePdf.class.getResourceAsStream(resource));
    for (int i = 1; i < arguments.length; i++) {
      try (FileInputStream file = new FileInputStream(arguments[i]);
          PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
          PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
        ValidationResult result = validator.validate(parser);
        System.out.println((result.isCompliant() ? "meets " : "breaks ") + arguments[0] + ": " + arguments[i]);
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() == TestAssertion.Status.FAILED) {
            System.out.println("  " + assertion.getRuleId().getClause() + ": " + assertion.getMessage());
          }
        }
      }
    }
  }
}
