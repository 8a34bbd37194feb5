import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.CompaniesApi;
import org.openapitools.client.api.CompaniesApi.APIGetCompanyRequest;
import org.openapitools.client.api.FactsApi;
import org.openapitools.client.api.FactsApi.APIAssertFactRequest;
import org.openapitools.client.api.FactsApi.APIListCompanyFactsRequest;
import org.openapitools.client.api.FactsApi.APILookUpFactRequest;
import org.openapitools.client.model.*;

/** The generated Java client at work. Arguments: base URL, key, base URL of a service with a low limit. */
public class UseClient {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = at(arguments[0]);
        Company company = new CompaniesApi(client).getCompany(company("ticker:BABA"));
        System.out.println("company " + company.getSlug());

        FactsApi facts = new FactsApi(client);
        Fact fact = facts.lookUpFact(APILookUpFactRequest.newBuilder()
            .company("alibaba-cloud").kind("market_share").subject("ai-cloud").knownAt(LocalDate.of(2025, 12, 31)).build());
        MarketShare share = fact.getMarketShare();
        Quantity quantity = share.getValue().getShare();
        System.out.println("share " + quantity.getValue() + " " + quantity.getUnit() + " " + share.getEvidence());

        String cursor = null;
        int seen = 0;
        do {
            FactPage page = facts.listCompanyFacts(
                APIListCompanyFactsRequest.newBuilder().ref("many-facts").limit(100).cursor(cursor).build());
            seen += page.getItems().size();
            cursor = page.getNext();
        } while (cursor != null);
        System.out.println("facts " + seen);

        List<Citation> citations = share.getCitations();
        AssertStatement statement = new AssertStatement()
            .kind(AssertStatement.KindEnum.STATEMENT)
            .company("alibaba-cloud")
            .subject("client-" + UUID.randomUUID().toString().substring(0, 8))
            .value(new StatementValue().text("said through a generated client"))
            .knownAt(LocalDate.of(2025, 12, 31))
            .citations(List.of(new Cite().source(citations.get(citations.size() - 1).getSource().getId())));
        ApiClient writer = at(arguments[0]);
        writer.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        Statement written = new FactsApi(writer).assertFact(
            APIAssertFactRequest.newBuilder().assertion(new Assertion(statement)).build()).getStatement();
        System.out.println("asserted " + written.getVersion() + " " + written.getStatus());

        try {
            facts.lookUpFact(APILookUpFactRequest.newBuilder()
                .company("alibaba").kind("market_share").subject("ai-cloud").build());
            throw new AssertionError("no problem");
        } catch (ApiException refused) {
            Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
            System.out.println("problem " + problem.getStatus() + " " + problem.getType());
        }

        CompaniesApi few = new CompaniesApi(at(arguments[2]));
        for (int asked = 0; asked < 50; asked++) {
            try {
                few.getCompany(company("alibaba"));
            } catch (ApiException refused) {
                if (refused.getCode() != 429) throw refused;
                Thread.sleep(1000 * Long.parseLong(refused.getResponseHeaders().firstValue("Retry-After").get()));
                System.out.println("retried " + few.getCompanyWithHttpInfo(company("alibaba")).getStatusCode());
                return;
            }
        }
        throw new AssertionError("no limit was met");
    }

    private static APIGetCompanyRequest company(String ref) {
        return APIGetCompanyRequest.newBuilder().ref(ref).build();
    }

    private static ApiClient at(String base) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(base);
        return client;
    }
}
