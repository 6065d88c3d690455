//! Money: whole minor units of a currency, never a float.

use core::fmt;
use serde::{Serialize, Serializer};

/// The active currencies of ISO 4217, in order.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ \
    GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL \
    LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD \
    TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// A currency: its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("pattern" = "^[A-Z]{3}$")))]
pub struct Currency(&'static str);

/// The text is not the code of a currency in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of ISO 4217")]
pub struct InvalidCurrency;

impl Currency {
    /// The euro.
    pub const EUR: Self = Self("EUR");

    /// Accepts the three capital letters of ISO 4217.
    pub fn parse(text: &str) -> Result<Self, InvalidCurrency> {
        CODES.split_ascii_whitespace().find(|code| *code == text).map(Self).ok_or(InvalidCurrency)
    }

    /// The three letters.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// How many decimals a price is written with.
    pub fn decimals(self) -> u32 {
        match self.0 {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// What stands before the amount; the code and a space where no sign is well known.
    fn sign(self) -> Option<&'static str> {
        Some(match self.0 {
            "AUD" => "A$",
            "BRL" => "R$",
            "CAD" => "CA$",
            "EUR" => "€",
            "GBP" => "£",
            "HKD" => "HK$",
            "ILS" => "₪",
            "INR" => "₹",
            "JPY" => "¥",
            "KRW" => "₩",
            "MXN" => "MX$",
            "NZD" => "NZ$",
            "PHP" => "₱",
            "USD" => "$",
            "VND" => "₫",
            _ => return None,
        })
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

/// An amount of money. `Display` gives the plain form: `€14.50`, `¥1450`, `CHF 14.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole minor units: cents.
    pub minor_units: u64,
    /// Of which currency.
    pub currency: Currency,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency.sign() {
            Some(sign) => f.write_str(sign)?,
            None => write!(f, "{} ", self.currency.code())?,
        }
        let decimals = self.currency.decimals();
        let unit = 10_u64.pow(decimals);
        write!(f, "{}", self.minor_units / unit)?;
        if decimals > 0 {
            write!(f, ".{:0width$}", self.minor_units % unit, width = decimals as usize)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_their_currencys_decimals() {
        for (minor_units, code, written) in [
            (1450, "EUR", "€14.50"),
            (5, "EUR", "€0.05"),
            (0, "USD", "$0.00"),
            (1450, "JPY", "¥1450"),
            (1450, "CHF", "CHF 14.50"),
            (1_234_567, "KWD", "KWD 1234.567"),
            (u64::MAX, "EUR", "€184467440737095516.15"),
        ] {
            let money = Money { minor_units, currency: Currency::parse(code).unwrap() };
            assert_eq!(money.to_string(), written);
        }
    }

    #[test]
    fn only_codes_in_use_are_currencies() {
        for text in ["", "eur", "EU", "EUR ", "ABC", "AED AFN", "€"] {
            assert_eq!(Currency::parse(text), Err(InvalidCurrency), "{text:?}");
        }
        assert_eq!(Currency::parse("EUR"), Ok(Currency::EUR));
    }
}
