/* Runs EPUBCheck on all EPUB files in one JVM. A request is the line "EPUB<tab>REPORT", its answer the line "done";
   the report is written as JSON. */

import com.adobe.epubcheck.tool.EpubChecker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;

public class EpubCheck {
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // Standard output is for the answers alone, so what EPUBCheck prints for people is discarded.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = in.readLine()) != null;) {
            String[] request = line.split("\t");
            new EpubChecker().run(new String[] {request[0], "--json", request[1], "-q"});
            answers.println("done");
        }
    }
}
